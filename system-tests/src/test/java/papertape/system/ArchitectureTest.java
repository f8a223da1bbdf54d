package papertape.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use what. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("papertape");

    private static final String[] STAGES = {
        "papertape.etl..",
        "papertape.signal..",
        "papertape.order..",
        "papertape.risk..",
        "papertape.execution..",
        "papertape.pnl..",
        "papertape.common.value..",
        "papertape.common.message..",
        "papertape.common.stage..",
        "papertape.common.ledger..",
        "papertape.common.statistics.."
    };

    /** A call with one of these does not take the machine's locale. */
    private static final Set<String> LOCALES = Set.of("java.util.Locale", "java.text.DecimalFormatSymbols");

    /** Classes whose constructor may take more than seven values, by the reason. */
    private static final Set<String> LONG_CONSTRUCTORS = Set.of(
            // messages that one place makes, of values that belong to no smaller group
            "papertape.common.message.Account",
            "papertape.common.message.Bar",
            "papertape.common.message.Pnl",
            "papertape.common.message.Signal",
            // what is saved of one thing, copied by the record itself
            "papertape.etl.EtlTables$OpenBar",
            "papertape.etl.EtlTables$Progress",
            "papertape.etl.LineTables$Lines",
            "papertape.order.Slot",
            "papertape.sim.PrintedTrade",
            // measured or read values on their way to a page, a table or a JSON report: one place makes each
            "papertape.cli.audit.AuditReport$AccountAudit",
            "papertape.cli.audit.Facts$InstrumentFacts",
            "papertape.cli.chaos.ChaosReport",
            "papertape.look.Snapshot$LineView",
            "papertape.look.Snapshot$StageView",
            "papertape.cli.replay.ReplayReport",
            "papertape.cli.report.Summary",
            "papertape.common.runtime.WorkerStats",
            "papertape.dashboard.api.PerformanceApi$Performance",
            "papertape.dashboard.api.SetupApi$Setup",
            "papertape.dashboard.api.StrategiesApi$StrategyRow",
            "papertape.dashboard.model.AccountRow",
            "papertape.dashboard.model.Accounts$PositionRow",
            "papertape.dashboard.model.Model$InstrumentRow",
            "papertape.dashboard.model.Model$MarketView",
            "papertape.dashboard.model.Model$SignalRow",
            "papertape.dashboard.model.OrderRow",
            "papertape.dashboard.model.OrderRow$FillRow",
            "papertape.dashboard.model.StatusPoller$StatusView",
            "papertape.common.statistics.RoundTrip",
            "papertape.common.statistics.TradeStatistics",
            "papertape.execution.OrderView",
            "papertape.persistence.ChannelCount",
            "papertape.risk.AccountView",
            // files, options and settings: bound by name, or the defaults of one
            "papertape.cli.stack.StackFile",
            "papertape.cli.stack.StackOptions",
            "papertape.common.config.VenueSettings",
            "papertape.feed.FeedOptions",
            "papertape.sim.SimInstrument",
            "papertape.sim.SimOptions",
            // wiring: the parts of a process or of a stage, put together once
            "papertape.common.runtime.DoorTask",
            "papertape.common.runtime.Shell",
            "papertape.common.runtime.SinkTask",
            "papertape.common.runtime.SourceTask",
            "papertape.common.runtime.StageTask$Shared",
            "papertape.execution.Market",
            "papertape.feed.WebSocketFeed",
            "papertape.risk.RiskTables");

    private static final Set<String> CLOCK_READERS = Set.of("now", "systemUTC", "systemDefaultZone", "system");

    @ParameterizedTest
    @ValueSource(strings = {"feed", "etl", "signal", "order", "risk", "execution", "pnl", "persistence"})
    void aServiceDependsOnCommonOnly(String service) {
        String own = "papertape." + service;
        assertThat(ALL.that(JavaClass.Predicates.resideInAPackage(own + "..")))
                .as("classes of %s", service)
                .isNotEmpty();
        noClasses()
                .that()
                .resideInAPackage(own + "..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are Papertape's but neither the service's own nor in common",
                        (JavaClass other) -> other.getPackageName().startsWith("papertape.")
                                && !isWithin(other, own)
                                && !isWithin(other, "papertape.common")))
                .because("a stage can be replaced or rewritten when no other knows it")
                .check(ALL);
    }

    /** What looks on knows the published messages and the database's tables, never a stage's own state. */
    @Test
    void lookingOnKnowsCommonAndTheDatabaseOnly() {
        noClasses()
                .that()
                .resideInAPackage("papertape.look..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are Papertape's but neither in common nor the database's tables",
                        (JavaClass other) -> other.getPackageName().startsWith("papertape.")
                                && !isWithin(other, "papertape.look")
                                && !isWithin(other, "papertape.persistence")
                                && !isWithin(other, "papertape.common")))
                .check(ALL);
    }

    @Test
    void theDashboardKnowsCommonAndLookingOnOnly() {
        noClasses()
                .that()
                .resideInAPackage("papertape.dashboard..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are Papertape's but neither in common nor in look",
                        (JavaClass other) -> other.getPackageName().startsWith("papertape.")
                                && !isWithin(other, "papertape.dashboard")
                                && !isWithin(other, "papertape.look")
                                && !isWithin(other, "papertape.common")))
                .check(ALL);
    }

    private static boolean isWithin(JavaClass type, String name) {
        return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
    }

    @Test
    void commonKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage("papertape.common..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are Papertape's outside common",
                        (JavaClass other) -> other.getPackageName().startsWith("papertape.")
                                && !isWithin(other, "papertape.common")))
                .check(ALL);
    }

    @Test
    void valuesMessagesAndStagesKnowNothingOfWhatCarriesThem() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "papertape.common.value..", "papertape.common.message..", "papertape.common.stage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "papertape.common.json..",
                        "papertape.common.bus..",
                        "papertape.common.runtime..",
                        "papertape.common.config..")
                .check(ALL);
    }

    @Test
    void onlyTheCodecAndTheReadersOfVenuesKnowJackson() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "papertape.common.json..",
                        "papertape.etl.venue..",
                        "papertape.feed..",
                        "papertape.sim..",
                        // compares with what the simulated venue says it printed
                        "papertape.cli.chaos..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .check(ALL);
    }

    @Test
    void onlyTheBusKnowsJedis() {
        noClasses()
                .that()
                .resideOutsideOfPackage("papertape.common.bus..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .check(ALL);
    }

    /** So that the same messages lead to the same messages, whenever, wherever and however often they are processed. */
    @Test
    void aStageReadsNoClockDrawsNoRandomNumberAndStartsNoThread() {
        noClasses()
                .that()
                .resideInAnyPackage(STAGES)
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("reads a clock, chance or a thread", ArchitectureTest::isImpure))
                .check(ALL);
    }

    private static boolean isImpure(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        String type = owner.getName();
        boolean isClock = (type.startsWith("java.time.") && CLOCK_READERS.contains(name))
                || (type.equals("java.lang.System") && (name.equals("currentTimeMillis") || name.equals("nanoTime")));
        boolean isChance = owner.isAssignableTo(RandomGenerator.class)
                || (type.equals("java.util.UUID") && name.equals("randomUUID"))
                || (type.equals("java.lang.Math") && name.equals("random"));
        boolean isThread = owner.isAssignableTo(Thread.class) || type.startsWith("java.util.concurrent.Executor");
        return isClock || isChance || isThread;
    }

    @Test
    void aStageWritesNoLogAndOpensNoConnection() {
        noClasses()
                .that()
                .resideInAnyPackage(STAGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.net.http..", "java.sql..", "org.java_websocket..")
                .check(ALL);
    }

    /** In ar_EG or fa_IR a number is written in digits that no server reads, and in tr_TR "LIMIT" becomes "lımıt". */
    @Test
    void noTextDependsOnTheLocaleOfTheMachine() {
        noClasses()
                .should()
                .callMethodWhere(
                        DescribedPredicate.describe("takes the machine's locale", ArchitectureTest::takesLocale))
                .orShould()
                .callConstructorWhere(
                        DescribedPredicate.describe("takes the machine's locale", ArchitectureTest::takesLocale))
                .because("Locale.ROOT is what files, messages and outputs are written in")
                .check(ALL);
    }

    private static boolean takesLocale(JavaCall<?> call) {
        String type = call.getTargetOwner().getName();
        String name = call.getName();
        if (call.getTarget().getRawParameterTypes().stream()
                .anyMatch(parameter -> LOCALES.contains(parameter.getName()))) {
            return false;
        }
        return switch (type) {
            case "java.lang.String" ->
                Set.of("format", "formatted").contains(name)
                        || (Set.of("toLowerCase", "toUpperCase").contains(name)
                                && call.getTarget().getRawParameterTypes().isEmpty());
            case "java.io.PrintStream", "java.io.PrintWriter" ->
                Set.of("printf", "format").contains(name);
            case "java.util.Formatter", "java.util.Scanner", "java.text.DecimalFormat", "java.text.SimpleDateFormat" ->
                name.equals("<init>");
            case "java.text.NumberFormat", "java.text.DecimalFormatSymbols" ->
                name.startsWith("get") && name.endsWith("Instance");
            case "java.text.MessageFormat" -> true;
            case "java.time.format.DateTimeFormatter" ->
                Set.of("ofPattern", "ofLocalizedDate").contains(name);
            case "java.util.Locale" -> name.equals("getDefault");
            default -> false;
        };
    }

    /** Eight values in a row are easily confused; a record of records names them. */
    @Test
    void no_constructor_is_called_with_more_than_seven_values() {
        noClasses()
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "takes more than seven values and is not listed",
                        call -> call.getTarget().getRawParameterTypes().size() > 7
                                && call.getTargetOwner().getPackageName().startsWith("papertape.")
                                && !LONG_CONSTRUCTORS.contains(
                                        call.getTargetOwner().getName())))
                .check(ALL);
    }

    @Test
    void each_listed_constructor_still_takes_more_than_seven_values() {
        assertThat(LONG_CONSTRUCTORS)
                .allSatisfy(name -> assertThat(ALL.get(name).getConstructors())
                        .as(name)
                        .anyMatch(constructor ->
                                constructor.getRawParameterTypes().size() > 7));
    }

    @Test
    void aMainIsWiringOnly() {
        classes()
                .that()
                .haveSimpleName("Main")
                .and()
                .resideInAnyPackage(STAGES)
                .should()
                .onlyHaveDependentClassesThat()
                .haveSimpleName("Main")
                .check(ALL);
    }

    @Test
    void noNameSaysNothing() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .check(ALL);
    }
}
