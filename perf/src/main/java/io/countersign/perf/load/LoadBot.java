package io.countersign.perf.load;

import com.sun.management.ThreadMXBean;
import io.countersign.client.CountersignException;
import io.countersign.perf.processes.Latencies;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process with bots on one thread, each with a session of its own. Reads lines on its input: {@link #CONNECT},
 * {@link #DISCONNECT}, {@link LoadCommand}s; ends with its input. Answers each with one line. While it is told nothing
 * it keeps its sessions alive and leaves the core to others.
 */
public final class LoadBot
{
    /** Opens the sessions. */
    public static final String CONNECT = "connect";

    /** Closes the sessions. */
    public static final String DISCONNECT = "disconnect";

    /** What the answer to {@link #CONNECT} begins with. */
    public static final String CONNECTED = "CONNECTED";

    /** What the answer to {@link #DISCONNECT} begins with. */
    public static final String DISCONNECTED = "DISCONNECTED";

    private static final String END = new String("end of input");
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int LOGGED_REQUESTS = 500_000;
    private static final int MAX_IN_FLIGHT = 1_024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final OrderEntry.Listener IGNORED = (requestId, isSigned) ->
    {
        // An answer that came after its load had ended was counted as lost there.
    };

    private final Path aeronDirectory;
    private final Path apiKeyDirectory;
    private final int firstBot;
    private final int bots;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final Histogram histogram = Latencies.newHistogram();
    private final List<ClientEntry> entries = new ArrayList<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private LoadBot(final String... args)
    {
        aeronDirectory = Path.of(args[0]);
        apiKeyDirectory = Path.of(args[1]);
        firstBot = Integer.parseInt(args[2]);
        bots = Integer.parseInt(args[3]);
    }

    /**
     * Run bots.
     *
     * @param args Aeron directory of the gateway's ingress, directory of the API keys, number of the first bot, bots.
     */
    public static void main(final String[] args)
    {
        int exitCode = 0;
        try
        {
            new LoadBot(args).run();
        }
        catch (final CountersignException | IOException | UncheckedIOException | IllegalStateException ex)
        {
            System.err.println(principal(Integer.parseInt(args[2])) + ": " + ex.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    /**
     * Name of a bot in the policy, and of the file with its API key.
     *
     * @param number of the bot, from 1.
     * @return its principal.
     */
    public static String principal(final int number)
    {
        return number < 10 ? "bot-0" + number : "bot-" + number;
    }

    private void run() throws IOException
    {
        final Thread reader = new Thread(this::readLines, "input");
        reader.setDaemon(true);
        reader.start();
        String line = nextLine();
        while (END != line)
        {
            say(answer(line));
            line = nextLine();
        }
        disconnect();
    }

    private String answer(final String line) throws IOException
    {
        return switch (line)
        {
            case CONNECT -> connect();
            case DISCONNECT -> disconnect();
            default -> reconnected().load(LoadCommand.parse(line)).line();
        };
    }

    private String connect()
    {
        for (int number = firstBot; number < firstBot + bots; number++)
        {
            entries.add(connect(number));
        }
        return CONNECTED + " " + entries.size();
    }

    private ClientEntry connect(final int number)
    {
        final String principal = principal(number);
        return ClientEntry.connect(aeronDirectory, principal, apiKeyDirectory.resolve(principal + ".api-key"));
    }

    /** Bots that are not part of a load are not polled, and lose their sessions; the next load has them all. */
    private LoadBot reconnected()
    {
        for (int i = 0; i < entries.size(); i++)
        {
            final ClientEntry entry = entries.get(i);
            if (entry.isLost())
            {
                entry.close();
                entries.set(i, connect(firstBot + i));
            }
        }
        return this;
    }

    private String disconnect()
    {
        CloseHelper.closeAll(entries);
        entries.clear();
        return DISCONNECTED;
    }

    private LoadResult load(final LoadCommand command) throws IOException
    {
        final RequestLog log = LoadCommand.Mode.LOGGED == command.mode() ? new RequestLog(LOGGED_REQUESTS) : null;
        if (command.warmUpMs() > 0)
        {
            run(command, command.warmUpMs(), log);
        }
        histogram.reset();
        if (null != log)
        {
            log.clear();
        }
        final LoadResult result = run(command, command.measureMs(), log);
        final Latencies latencies = new Latencies();
        latencies.named(LoadCommand.LATENCY).add(histogram);
        latencies.write(command.file());
        if (null != log)
        {
            log.write(command.requestLog());
        }
        return result;
    }

    private LoadResult run(final LoadCommand command, final long durationMs, final RequestLog log)
    {
        final long durationNs = TimeUnit.MILLISECONDS.toNanos(durationMs);
        final BotGroup group = group(command, log);
        final long parameter = command.parameter();
        final ClosedLoop closed = new ClosedLoop(
            group, clock, LoadCommand.Mode.COUNTED == command.mode() ? 1 : (int) Math.min(parameter, MAX_IN_FLIGHT));
        final OpenLoop open = new OpenLoop(group, clock, histogram, Math.max(1, parameter));
        final long threadId = Thread.currentThread().threadId();
        THREADS.getThreadAllocatedBytes(threadId);
        final long allocatedBefore = THREADS.getThreadAllocatedBytes(threadId);
        final LoadResult result = switch (command.mode())
        {
            case CLOSED, LOGGED -> closed.run(durationNs, Long.MAX_VALUE);
            case COUNTED -> closed.run(durationNs, parameter);
            case OPEN -> open.run(durationNs);
        };
        final long allocated = THREADS.getThreadAllocatedBytes(threadId) - allocatedBefore;
        complainOf(command);
        return result.allocated(allocated);
    }

    private BotGroup group(final LoadCommand command, final RequestLog log)
    {
        if (command.bots() > entries.size())
        {
            throw new IllegalStateException(
                command.bots() + " bots are to send, but only " + entries.size() + " are connected");
        }
        final Bot[] group = new Bot[command.bots()];
        for (int i = 0; i < group.length; i++)
        {
            entries.get(i).key(command.key());
            group[i] = new Bot(entries.get(i), clock, histogram, log, MAX_IN_FLIGHT);
        }
        return new BotGroup(group);
    }

    private void complainOf(final LoadCommand command)
    {
        for (int i = 0; i < command.bots(); i++)
        {
            final String failure = entries.get(i).takeFailure();
            if (null != failure)
            {
                System.err.println(principal(firstBot + i) + ": " + failure);
            }
        }
    }

    private String nextLine()
    {
        String line = lines.poll();
        while (null == line)
        {
            for (final ClientEntry entry : entries)
            {
                entry.poll(IGNORED);
            }
            LockSupport.parkNanos(IDLE_NS);
            line = lines.poll();
        }
        return line;
    }

    private void readLines()
    {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
        {
            String line = reader.readLine();
            while (null != line)
            {
                lines.add(line);
                line = reader.readLine();
            }
        }
        catch (final IOException ex)
        {
            System.err.println("the input cannot be read: " + ex.getMessage());
        }
        lines.add(END);
    }

    private static void say(final String line)
    {
        System.out.println(line);
    }
}
