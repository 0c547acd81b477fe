package io.countersign.gateway.journal;

import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.ExceptionHandler;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;

/**
 * Leads what Chronicle would print to the gateway's error handler, so that nothing of it reaches a terminal. Its
 * settings belong to the whole process: the last journal opened receives everything.
 */
final class ChronicleLogging implements ExceptionHandler
{
    private final ErrorHandler errorHandler;

    private ChronicleLogging(final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
    }

    /**
     * Must come before the first other use of Chronicle in the process: some of its switches are read only once.
     */
    static void leadTo(final ErrorHandler errorHandler)
    {
        setIfAbsent("chronicle.analytics.disable", "true");
        setIfAbsent("chronicle.announcer.disable", "true");
        // JournalSpace looks after the disk; Chronicle's own thread would only add lines that frighten people.
        setIfAbsent("chronicle.disk.monitor.disable", "true");

        final ChronicleLogging logging = new ChronicleLogging(errorHandler);
        final ExceptionHandler nothing = ExceptionHandler.ignoresEverything();
        Jvm.setExceptionHandlers(logging, logging, nothing, nothing);
    }

    @Override
    public void on(final Class<?> clazz, final String message, final Throwable thrown)
    {
        errorHandler.onError(new JournalException(
            "Chronicle Queue (" + clazz.getSimpleName() + "): " + text(message, thrown), thrown));
    }

    @Override
    public void on(final Logger logger, final String message, final Throwable thrown)
    {
        errorHandler.onError(new JournalException(
            "Chronicle Queue (" + logger.getName() + "): " + text(message, thrown), thrown));
    }

    private static String text(final String message, final Throwable thrown)
    {
        return null != message && !message.isEmpty() ? message : String.valueOf(thrown);
    }

    private static void setIfAbsent(final String property, final String value)
    {
        if (null == System.getProperty(property))
        {
            System.setProperty(property, value);
        }
    }
}
