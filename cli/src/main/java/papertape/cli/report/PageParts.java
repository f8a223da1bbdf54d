package papertape.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What self-contained pages are put together from: the chart library's files, and resources beside a class. */
public final class PageParts {
    private static final String LIBRARY = "/META-INF/resources/webjars/uplot/";

    private PageParts() {}

    /** The chart library's style sheet. */
    public static String chartCss() {
        return library("dist/uPlot.min.css");
    }

    /** The chart library's script. */
    public static String chartJs() {
        return library("dist/uPlot.iife.min.js");
    }

    /** The text of a resource, looked for as the class looks for its own. */
    public static String resource(Class<?> owner, String name) {
        try (InputStream in = open(owner, name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String library(String file) {
        return resource(PageParts.class, LIBRARY + libraryVersion() + "/" + file);
    }

    private static String libraryVersion() {
        Properties properties = new Properties();
        try (InputStream in = open(PageParts.class, "/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static InputStream open(Class<?> owner, String name) throws IOException {
        InputStream in = owner.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("not on the class path: " + name);
        }
        return in;
    }
}
