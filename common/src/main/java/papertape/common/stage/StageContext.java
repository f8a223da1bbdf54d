package papertape.common.stage;

/** What the runtime gives to a stage of one partition when it builds it. */
public interface StageContext {
    /** Name of the stage, such as {@code risk}. */
    String stage();

    int partition();

    int partitions();

    /** Whether messages with this key (an instrument's or account's name) belong to this partition. */
    boolean owns(String key);

    /** The saved state; tables are opened in the stage's constructor. */
    StateStore state();
}
