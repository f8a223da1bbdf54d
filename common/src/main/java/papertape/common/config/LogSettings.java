package papertape.common.config;

/** Logging: {@code format} text or json, {@code level} error, warn, info or debug. */
public record LogSettings(String format, String level) {}
