package io.countersign.perf.load;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a bot process is told to do, one line: mode, key, bots, parameter, warm-up and measuring time, file.
 *
 * @param mode      of the loop.
 * @param key       alias of the key that signs.
 * @param bots      how many of the process's bots take part.
 * @param parameter of the mode, see there.
 * @param warmUpMs  of the same load before, of which nothing is kept.
 * @param measureMs of the load.
 * @param file      for the histogram, under the tag {@link #LATENCY}.
 */
public record LoadCommand(
    Mode mode, String key, int bots, long parameter, long warmUpMs, long measureMs, Path file)
{
    /** Tag of the histogram. */
    public static final String LATENCY = "latency";

    /**
     * Kinds of load.
     */
    public enum Mode
    {
        /** Closed loop; the parameter is the number of requests of each bot in flight. */
        CLOSED,
        /** The same, of which every request is logged, too, in {@link #requestLog()}. */
        LOGGED,
        /** Closed loop with one request in flight; the parameter is the number of requests of all bots. */
        COUNTED,
        /** Open loop; the parameter is the number of requests a second of all bots. */
        OPEN
    }

    /**
     * Where single requests are logged.
     *
     * @return a file beside that of the histogram.
     */
    public Path requestLog()
    {
        return file.resolveSibling(file.getFileName() + ".requests");
    }

    /**
     * As one line.
     *
     * @return for {@link #parse}.
     */
    public String line()
    {
        return mode.name().toLowerCase(Locale.ROOT) + " " + key + " " + bots + " " + parameter + " " + warmUpMs + " " +
            measureMs + " " + file;
    }

    /**
     * The command of a line.
     *
     * @param line as {@link #line()} gives it.
     * @return the command.
     */
    static LoadCommand parse(final String line)
    {
        final String[] words = line.split(" ", 7);
        return new LoadCommand(
            Mode.valueOf(words[0].toUpperCase(Locale.ROOT)),
            words[1],
            Integer.parseInt(words[2]),
            Long.parseLong(words[3]),
            Long.parseLong(words[4]),
            Long.parseLong(words[5]),
            Path.of(words[6]));
    }
}
