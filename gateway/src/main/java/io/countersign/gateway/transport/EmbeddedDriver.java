package io.countersign.gateway.transport;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.aeron.ErrorCode;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronEvent;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.ControlProtocolException;
import io.aeron.protocol.DataHeaderFlyweight;
import io.countersign.gateway.config.IngressConfig;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The media driver of one ingress, on a thread of its own, and the gateway's client of it.
 * <p>
 * The driver of an IPC ingress opens no socket, whatever one of its clients asks for: a bot that has no network of its
 * own gets none by way of the gateway. No driver looks a name up. Of a UDP ingress's senders nobody has proven anything
 * yet: their number is limited, what they can make this machine's memory hold is taken only as it is written to, and
 * what they can provoke is counted by the driver but not reported to people.
 * <p>
 * Not run by the gateway thread: while that is inside a slow token the driver must go on telling its clients that it
 * lives.
 */
final class EmbeddedDriver implements AutoCloseable
{
    private static final long TIMER_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long DRIVER_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(10);
    private static final long CLOSE_LINGER_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TERM_LENGTH = 256 * 1024;

    /** The longest frame that an IPC ingress carries whole, in bytes. */
    private static final int IPC_PAYLOAD_LENGTH = 4_096;

    private final DriverLock lock;
    private final MediaDriver driver;
    private final Aeron aeron;

    private EmbeddedDriver(final DriverLock lock, final MediaDriver driver, final Aeron aeron)
    {
        this.lock = lock;
        this.driver = driver;
        this.aeron = aeron;
    }

    /**
     * Start the driver and connect to it. Call {@link IpcDirectory#restrictNewFiles} before.
     *
     * @param ingress          whose driver it is; its directory is made anew.
     * @param index            position of the ingress in the configuration.
     * @param maxPublications  most ingress publications that a UDP ingress takes up.
     * @param gonePublications receives the {@link PublicationId}s of ingress publications that go away.
     * @param errorHandler     is told of errors of driver and client.
     * @return the running driver.
     * @throws TransportException when the directory is in use or cannot be made.
     */
    static EmbeddedDriver launch(
        final IngressConfig ingress,
        final int index,
        final int maxPublications,
        final Queue<Long> gonePublications,
        final ErrorHandler errorHandler) throws TransportException
    {
        final Path directory = ingress.aeronDirectory();
        refuseForeignDirectory(directory);
        DriverLock lock = null;
        MediaDriver driver = null;
        boolean isLaunched = false;
        try
        {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            lock = lock(directory);
            driver = MediaDriver.launch(ingress.isUdp() ?
                udpContext(directory, maxPublications, errorHandler) : ipcContext(directory, errorHandler));
            if (null != ingress.group())
            {
                IpcDirectory.admitGroup(directory, ingress.group());
            }
            final Aeron aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.toString())
                .idleStrategy(new SleepingMillisIdleStrategy(1))
                .awaitingIdleStrategy(new SleepingMillisIdleStrategy(1))
                .unavailableImageHandler((image) -> gonePublications.add(PublicationId.of(index, image.sessionId())))
                .closeLingerDurationNs(CLOSE_LINGER_NS)
                .errorHandler(errorHandler));
            isLaunched = true;
            return new EmbeddedDriver(lock, driver, aeron);
        }
        catch (final IOException | AeronException | IllegalStateException ex)
        {
            throw new TransportException("aeron-directory " + directory + " cannot be used: " + ex.getMessage());
        }
        finally
        {
            if (!isLaunched)
            {
                CloseHelper.closeAll(driver, lock);
            }
        }
    }

    /**
     * The gateway's client.
     *
     * @return open client with a thread of its own.
     */
    Aeron aeron()
    {
        return aeron;
    }

    /**
     * Allocate a counter in the driver's file. Not by way of the client: that unmaps the file when it is closed, which
     * it can be without being asked (a process that stood still for ten seconds, for instance), and whoever then moved
     * a counter would bring down the whole process.
     *
     * @param typeId of the counter.
     * @param label  for people.
     * @return the counter at 0, good until this is closed.
     */
    AtomicCounter newCounter(final int typeId, final String label)
    {
        return driver.context().countersManager().newCounter(label, typeId);
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(aeron, driver, lock);
    }

    private static DriverLock lock(final Path directory) throws IOException, TransportException
    {
        final DriverLock lock = DriverLock.tryAcquire(directory);
        boolean isClaimed = false;
        try
        {
            if (null == lock || !lock.isLeftByLastHolder() && CommonContext.isDriverActive(
                directory.toFile(), DRIVER_TIMEOUT_MS, EmbeddedDriver::ignore))
            {
                throw new TransportException("aeron-directory " + directory +
                    " is in use by a running media driver; stop that gateway or choose another directory");
            }
            lock.claim();
            isClaimed = true;
            return lock;
        }
        finally
        {
            if (!isClaimed)
            {
                CloseHelper.close(lock);
            }
        }
    }

    private static void ignore(final String progress)
    {
        assert null != progress;
    }

    /** The driver deletes what it finds: it must be a driver's directory and nothing else. */
    private static void refuseForeignDirectory(final Path directory) throws TransportException
    {
        final File[] files = directory.toFile().listFiles();
        final boolean isForeign = null == files ?
            Files.exists(directory) :
            files.length > 0 && !Files.exists(directory.resolve(CncFileDescriptor.CNC_FILE));
        if (isForeign)
        {
            throw new TransportException("aeron-directory " + directory +
                " is not a media driver's directory; expected one that is empty or does not exist");
        }
    }

    private static MediaDriver.Context ipcContext(final Path directory, final ErrorHandler errorHandler)
    {
        return driverContext(directory, errorHandler)
            .termBufferSparseFile(false)
            .sendChannelEndpointSupplier((channel, statusIndicator, context) -> refuseNetwork())
            .receiveChannelEndpointSupplier((channel, dispatcher, statusIndicator, context) -> refuseNetwork());
    }

    private static MediaDriver.Context udpContext(
        final Path directory, final int maxPublications, final ErrorHandler errorHandler)
    {
        return driverContext(directory, (error) ->
        {
            if (!(error instanceof AeronEvent))
            {
                errorHandler.onError(error);
            }
        })
            .termBufferSparseFile(true)
            .streamSessionLimit(maxPublications);
    }

    private static MediaDriver.Context driverContext(final Path directory, final ErrorHandler errorHandler)
    {
        return new MediaDriver.Context()
            .aeronDirectoryName(directory.toString())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .useConcurrentCountersManager(true)
            .threadingMode(ThreadingMode.SHARED)
            .sharedIdleStrategy(new BackoffIdleStrategy(1, 1, 100_000, 1_000_000))
            .ipcTermBufferLength(TERM_LENGTH)
            .publicationTermBufferLength(TERM_LENGTH)
            .ipcMtuLength(IPC_PAYLOAD_LENGTH + DataHeaderFlyweight.HEADER_LENGTH)
            .timerIntervalNs(TIMER_INTERVAL_NS)
            .useWindowsHighResTimer(false)
            .printConfigurationOnStart(false)
            .nameResolver((name, parameter, isReResolution) -> literal(name))
            .errorHandler(errorHandler);
    }

    private static <T> T refuseNetwork()
    {
        throw new ControlProtocolException(ErrorCode.INVALID_CHANNEL, "the driver of an IPC ingress opens no sockets");
    }

    /** Null is Aeron's word for a name that nobody knows. */
    private static InetAddress literal(final String name)
    {
        try
        {
            return InetAddress.ofLiteral(name);
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }
}
