package io.countersign.ops.status;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign status}: the counters of a gateway.
 */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Prints the counters of a gateway and whether it is alive.",
        "They are read from the memory-mapped file of its first ingress's media driver; the gateway does not notice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign status --config /etc/countersign/gateway.yaml",
        "  countersign status --aeron-dir /dev/shm/countersign --json",
        "",
        "Exit codes: 0 alive, 1 not alive, 2 wrong usage, or the configuration or the counters cannot be read."
    })
public final class StatusCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Where where;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(names = "--all", description = "The media driver's own counters, too.")
    private boolean all;

    /**
     * For picocli.
     */
    public StatusCommand()
    {
    }

    /**
     * Prints the counters.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final Path directory = where.directory();
        final PrintWriter out = spec.commandLine().getOut();
        if (DriverCounters.isAbsent(directory))
        {
            out.println(json ?
                "{\"alive\":false,\"processId\":null,\"heartbeatAgeMs\":null,\"counters\":[]}" :
                "gateway NOT ALIVE: there is no media driver in " + directory);
            out.flush();
            return ExitCode.WRONG;
        }

        final DriverCounters counters = DriverCounters.read(directory, all);
        if (json)
        {
            out.println(json(counters));
        }
        else
        {
            print(counters, out);
        }

        out.flush();
        return counters.isAlive() ? ExitCode.OK : ExitCode.WRONG;
    }

    private static void print(final DriverCounters counters, final PrintWriter out)
    {
        final List<DriverCounters.Counter> list = counters.counters();
        final int width = list.stream().mapToInt((c) -> c.label().length()).max().orElse(0);
        out.println("gateway " + (counters.isAlive() ? "alive" : "NOT ALIVE") + ": process " + counters.processId() +
            ", " + counters.heartbeat());
        for (final DriverCounters.Counter counter : list)
        {
            out.println(("%-" + Math.max(1, width) + "s %,20d").formatted(counter.label(), counter.value()));
        }
    }

    private static String json(final DriverCounters counters)
    {
        final StringBuilder out = new StringBuilder();
        out.append("{\"alive\":").append(counters.isAlive());
        out.append(",\"processId\":").append(counters.processId());
        out.append(",\"heartbeatAgeMs\":").append(counters.isClosed() ? "null" : counters.heartbeatAgeMs());
        out.append(",\"counters\":[");
        for (final DriverCounters.Counter counter : counters.counters())
        {
            out.append('[' == out.charAt(out.length() - 1) ? "" : ",");
            out.append("{\"id\":").append(counter.id()).append(",\"typeId\":").append(counter.typeId());
            out.append(",\"label\":\"");
            out.append(counter.label().replace("\\", "\\\\").replace("\"", "\\\""));
            out.append("\",\"value\":").append(counter.value()).append('}');
        }

        return out.append("]}").toString();
    }

    /** Which gateway. */
    private static final class Where
    {
        @Option(
            names = "--aeron-dir", paramLabel = "DIR", description = "Directory of the first ingress's media driver.")
        private Path aeronDirectory;

        @Option(
            names = "--config", paramLabel = "FILE", description = "The gateway's configuration, which names it.")
        private Path config;

        Path directory()
        {
            try
            {
                return null != aeronDirectory ?
                    aeronDirectory : ConfigReader.read(config).ingresses().getFirst().aeronDirectory();
            }
            catch (final ConfigException ex)
            {
                throw new CommandException(ex.getMessage());
            }
        }
    }
}
