package io.countersign.client;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.ApiKey;
import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.ConnectDecoder;
import io.countersign.codecs.wire.DisconnectDecoder;
import io.countersign.codecs.wire.KeepAliveDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.NewOrderDecoder;
import io.countersign.codecs.wire.ProveDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway without keys: real media driver, real streams, answers by script. One thread of its own.
 */
public final class ScriptedGateway implements AutoCloseable
{
    static final long GATEWAY_START_NS = 1_700_000_000_000_000_000L;
    static final int MAX_FRAME_LENGTH = 1_024;
    static final int API_KEY_VERSION = 3;

    private static final AtomicInteger DIRECTORIES = new AtomicInteger();

    /**
     * Answers one frame that is neither Connect nor Disconnect.
     */
    public interface Script
    {
        void onRequest(Bot bot, int templateId, long requestId);
    }

    final Map<Integer, Bot> bots = new LinkedHashMap<>();
    public final CopyOnWriteArrayList<byte[]> frames = new CopyOnWriteArrayList<>();
    final CopyOnWriteArrayList<Long> disconnected = new CopyOnWriteArrayList<>();
    public volatile Script script = (bot, templateId, requestId) -> bot.sign(requestId);
    volatile Reason refusal = Reason.NONE;
    volatile boolean answersConnect = true;
    volatile boolean reads = true;
    volatile boolean keepsFrames = true;
    public volatile String principal;
    volatile byte[] apiKey = secret(1);
    volatile byte[] gatewayNonce = secret(2);
    volatile EgressChannel wayBack = EgressChannel.IPC;
    volatile boolean opensUnproven;
    public volatile int maxFrameLength = MAX_FRAME_LENGTH;
    volatile int maxInFlight = 4_096;
    volatile int idleTimeoutMs = 30_000;
    final AtomicInteger keepAlives = new AtomicInteger();
    volatile boolean answersProve = true;
    final AtomicInteger notAuthentic = new AtomicInteger();

    private final String aeronDirectoryName;
    private final long startNs;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final ConcurrentLinkedQueue<FutureTask<Void>> tasks = new ConcurrentLinkedQueue<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ConnectDecoder connect = new ConnectDecoder();
    private final ProveDecoder prove = new ProveDecoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[64 * 1024]);
    private final Thread thread = new Thread(this::run, "scripted-gateway");
    private Subscription ingress;
    private volatile boolean isRunning = true;
    private long nextSessionId = 7_000;

    public ScriptedGateway()
    {
        this(newDirectory(), GATEWAY_START_NS, true);
    }

    ScriptedGateway(final String aeronDirectoryName, final long startNs, final boolean listens)
    {
        this.aeronDirectoryName = aeronDirectoryName;
        this.startNs = startNs;
        driver = launchDriver(aeronDirectoryName);
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectoryName));
        if (listens)
        {
            ingress = aeron.addSubscription(ClientChannels.IPC.ingress(), CountersignClient.INGRESS_STREAM_ID);
        }

        thread.start();
    }

    /**
     * A gateway in a process of its own, until it is killed.
     *
     * @param args the Aeron directory.
     */
    public static void main(final String[] args)
    {
        final ScriptedGateway gateway = new ScriptedGateway(args[0], GATEWAY_START_NS, true);
        gateway.keepsFrames = false;
    }

    static String newDirectory()
    {
        return Path.of("target", "aeron", ProcessHandle.current().pid() + "-" + DIRECTORIES.incrementAndGet())
            .toAbsolutePath().toString();
    }

    static MediaDriver launchDriver(final String aeronDirectoryName)
    {
        return MediaDriver.launch(new MediaDriver.Context()
            .aeronDirectoryName(aeronDirectoryName)
            .threadingMode(ThreadingMode.SHARED)
            .sharedIdleStrategy(YieldingIdleStrategy.INSTANCE)
            .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(20))
            .ipcTermBufferLength(64 * 1024)
            .warnIfDirectoryExists(false)
            .dirDeleteOnStart(true));
    }

    public String aeronDirectoryName()
    {
        return aeronDirectoryName;
    }

    CountersignClient.Context context()
    {
        return new CountersignClient.Context()
            .aeronDirectoryName(aeronDirectoryName).principal("bot-1").apiKey(apiKeyText());
    }

    /** The API key that scripted gateways know. */
    public static byte[] apiKeyText()
    {
        return new ApiKey(API_KEY_VERSION, secret(1)).text();
    }

    static Path apiKeyFile(final String name, final byte[] content)
    {
        try
        {
            final Path file = Path.of("target", "api-key-" + name);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.write(file, content);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    static byte[] secret(final int value)
    {
        final byte[] secret = new byte[ApiKey.SECRET_LENGTH];
        Arrays.fill(secret, (byte) value);
        return secret;
    }

    /**
     * Runs something on the gateway's thread and waits for it.
     */
    void onThread(final Runnable runnable)
    {
        final FutureTask<Void> task = new FutureTask<>(runnable, null);
        tasks.add(task);
        try
        {
            task.get(10, TimeUnit.SECONDS);
        }
        catch (final Exception ex)
        {
            throw new AssertionError(ex);
        }
    }

    Bot onlyBot()
    {
        if (1 != bots.size())
        {
            throw new AssertionError("bots: " + bots.size());
        }

        return bots.values().iterator().next();
    }

    void stopListening()
    {
        onThread(() ->
        {
            ingress.close();
            ingress = null;
        });
    }

    void closeDriver()
    {
        driver.close();
    }

    private void run()
    {
        while (isRunning)
        {
            int work = 0;
            if (reads && null != ingress)
            {
                work = ingress.poll((buffer, offset, length, frameHeader) ->
                    onFrame(buffer, offset, length, frameHeader.sessionId()), 16);
            }

            final FutureTask<Void> task = tasks.poll();
            if (null != task)
            {
                task.run();
            }

            if (0 == work)
            {
                Thread.yield();
            }
        }
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length, final int aeronSessionId)
    {
        frame.putBytes(0, buffer, offset, length);
        if (keepsFrames)
        {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            frames.add(copy);
        }

        header.wrap(frame, 0);
        final Bot sender = bots.get(aeronSessionId);
        if (!WireFrame.isOfHandshake(frame, 0, length) &&
            (null == sender || !sender.fromBot.isAuthentic(frame, 0, length)))
        {
            notAuthentic.incrementAndGet();
            return;
        }

        switch (header.templateId())
        {
            case ConnectDecoder.TEMPLATE_ID -> onConnect(aeronSessionId);
            case ProveDecoder.TEMPLATE_ID -> onProve(sender);
            case DisconnectDecoder.TEMPLATE_ID -> disconnected.add(frame.getLong(8, ByteOrder.LITTLE_ENDIAN));
            case KeepAliveDecoder.TEMPLATE_ID -> keepAlives.incrementAndGet();
            default -> script.onRequest(
                bots.get(aeronSessionId),
                header.templateId(),
                frame.getLong(8 + NewOrderDecoder.requestIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
        }
    }

    private void onConnect(final int aeronSessionId)
    {
        connect.wrapAndApplyHeader(frame, 0, header);
        principal = connect.principal();
        if (!answersConnect)
        {
            return;
        }

        final ExclusivePublication egress = aeron.addExclusivePublication(
            ClientChannels.IPC.ingress() + "?session-id=" + aeronSessionId, CountersignClient.EGRESS_STREAM_ID);
        final byte[] clientNonce = new byte[ConnectDecoder.clientNonceLength()];
        connect.getClientNonce(clientNonce, 0, clientNonce.length);
        final HandshakeTranscript transcript = new HandshakeTranscript(
            connect.apiKeyVersion(),
            principal.getBytes(StandardCharsets.UTF_8),
            aeronSessionId,
            wayBack,
            clientNonce,
            gatewayNonce);
        final Bot bot = new Bot(egress, nextSessionId++, transcript, apiKey);
        bot.correlationId = connect.correlationId();
        bot.maxInFlight = maxInFlight;
        bot.idleTimeoutMs = idleTimeoutMs;
        bots.put(aeronSessionId, bot);
        if (Reason.NONE != refusal)
        {
            bot.refuse(bot.correlationId, refusal);
        }
        else
        {
            bot.challenge(gatewayNonce, transcript.gatewayProof(apiKey));
        }
    }

    private void onProve(final Bot bot)
    {
        final byte[] clientProof = new byte[ProveDecoder.clientProofLength()];
        prove.wrapAndApplyHeader(frame, 0, header).getClientProof(clientProof, 0, clientProof.length);
        if (!answersProve)
        {
            return;
        }

        if (opensUnproven || Arrays.equals(bot.expectedProof, clientProof))
        {
            bot.open(prove.correlationId(), startNs, maxFrameLength);
        }
        else
        {
            bot.refuse(prove.correlationId(), Reason.AUTHENTICATION_FAILED);
        }
    }

    @Override
    public void close()
    {
        isRunning = false;
        try
        {
            thread.join(10_000);
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }

        aeron.close();
        driver.close();
    }
}
