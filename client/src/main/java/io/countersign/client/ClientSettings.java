package io.countersign.client;

import io.countersign.codecs.authentication.ApiKey;
import org.agrona.BitUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The settings of a {@link CountersignClient.Context}.
 */
abstract sealed class ClientSettings permits CountersignClient.Context
{
    private boolean isConcluded;
    private String aeronDirectoryName;
    private ClientChannels channels = ClientChannels.IPC;
    private String principal;
    private Path apiKeyFile;
    private byte[] apiKey;
    private ReplyListener listener;
    private long connectTimeoutNs = TimeUnit.SECONDS.toNanos(5);
    private long driverTimeoutMs = 10_000;
    private long requestTimeoutNs = TimeUnit.SECONDS.toNanos(1);
    private int offerAttempts = 3;
    private int maxInFlight = 4_096;
    private int fragmentLimit = 16;
    private IdleStrategy idleStrategy = new BackoffIdleStrategy(100, 100, 1_000, 100_000);

    /**
     * Checks that everything required is there and in its range; called by {@code connect}.
     *
     * @throws IllegalStateException where a setting is missing or out of its range, or the context was used before.
     */
    public void conclude()
    {
        if (isConcluded)
        {
            throw new IllegalStateException("the context was used before: each client needs one of its own");
        }

        require(null != aeronDirectoryName && !aeronDirectoryName.isEmpty(), "aeronDirectoryName is missing");
        require(null != principal && !principal.isEmpty(), "principal is missing");
        require(
            principal.getBytes(StandardCharsets.UTF_8).length <= Request.MAX_TEXT_LENGTH,
            "principal is longer than 64 bytes: " + principal);
        require(null != apiKeyFile || null != apiKey, "apiKeyFile is missing");
        require(null == apiKeyFile || null == apiKey, "apiKeyFile and apiKey are both given: one will do");
        require(null != listener, "listener is missing");
        require(null != idleStrategy, "idleStrategy is missing");
        require(connectTimeoutNs > 0, "connectTimeoutNs is not above 0: " + connectTimeoutNs);
        require(driverTimeoutMs > 0, "driverTimeoutMs is not above 0: " + driverTimeoutMs);
        require(requestTimeoutNs > 0, "requestTimeoutNs is not above 0: " + requestTimeoutNs);
        require(offerAttempts > 1, "offerAttempts is below 2: " + offerAttempts);
        require(maxInFlight > 0 && BitUtil.isPowerOfTwo(maxInFlight), "maxInFlight is no power of two: " + maxInFlight);
        require(fragmentLimit > 0, "fragmentLimit is not above 0: " + fragmentLimit);
        isConcluded = true;
    }

    /**
     * Directory of the media driver; required.
     *
     * @param aeronDirectoryName of the gateway's IPC ingress as in its configuration, or with {@link #udp} of the media
     *                           driver on the bot's own machine.
     * @return this.
     */
    public CountersignClient.Context aeronDirectoryName(final String aeronDirectoryName)
    {
        this.aeronDirectoryName = aeronDirectoryName;
        return (CountersignClient.Context) this;
    }

    /**
     * Directory of the media driver; required.
     *
     * @return of the gateway's IPC ingress, or with {@link #udp} of the media driver on the bot's own machine.
     */
    public String aeronDirectoryName()
    {
        return aeronDirectoryName;
    }

    /**
     * Go by a UDP ingress of the gateway, through a media driver on the bot's own machine; IPC by default. Bots with
     * one address share one media driver: two cannot listen on one port.
     *
     * @param gatewayEndpoint of the ingress as in the gateway's configuration: {@code 10.0.0.1:40456} or
     *                        {@code [2001:db8::1]:40456}.
     * @param egressPort      of the ingress as in the gateway's configuration: replies come to this port of the bot's
     *                        own address, 1 to 65535.
     * @param ownAddress      IP address of this machine that requests are sent from, which the gateway checks against
     *                        the principal's sources: {@code 10.0.0.7} or {@code 2001:db8::7}.
     * @return this.
     * @throws IllegalStateException where one of them is not as expected.
     */
    public CountersignClient.Context udp(
        final String gatewayEndpoint, final int egressPort, final String ownAddress)
    {
        channels = ClientChannels.udp(gatewayEndpoint, egressPort, ownAddress);
        return (CountersignClient.Context) this;
    }

    final ClientChannels channels()
    {
        return channels;
    }

    /**
     * Who is asking; required.
     *
     * @param principal 1 to 64 bytes of UTF-8, as in the gateway's configuration.
     * @return this.
     */
    public CountersignClient.Context principal(final String principal)
    {
        this.principal = principal;
        return (CountersignClient.Context) this;
    }

    /**
     * Who is asking; required.
     *
     * @return 1 to 64 bytes of UTF-8, as in the gateway's configuration.
     */
    public String principal()
    {
        return principal;
    }

    /**
     * The file with the API key that {@code countersign principals issue} printed; required, unless
     * {@link #apiKey(byte[])} is given. Only its owner may have any access to it (mode 0600 or less).
     *
     * @param apiKeyFile a regular file.
     * @return this.
     */
    public CountersignClient.Context apiKeyFile(final Path apiKeyFile)
    {
        this.apiKeyFile = apiKeyFile;
        return (CountersignClient.Context) this;
    }

    /**
     * The API key itself, for bots that get it from somewhere else than a file.
     *
     * @param apiKey its text form in ASCII, not copied: zeroed by {@code connect}.
     * @return this.
     */
    public CountersignClient.Context apiKey(final byte[] apiKey)
    {
        this.apiKey = apiKey;
        return (CountersignClient.Context) this;
    }

    /**
     * Receives the replies; required, but not for a {@link BlockingClient}, which has its own.
     *
     * @param listener called on the thread that polls.
     * @return this.
     */
    public CountersignClient.Context listener(final ReplyListener listener)
    {
        this.listener = listener;
        return (CountersignClient.Context) this;
    }

    /**
     * Receives the replies; required, but not for a {@link BlockingClient}, which has its own.
     *
     * @return called on the thread that polls.
     */
    public ReplyListener listener()
    {
        return listener;
    }

    /**
     * How long connecting may take; 5 s by default.
     *
     * @param connectTimeoutNs nanoseconds.
     * @return this.
     */
    public CountersignClient.Context connectTimeoutNs(final long connectTimeoutNs)
    {
        this.connectTimeoutNs = connectTimeoutNs;
        return (CountersignClient.Context) this;
    }

    /**
     * How long connecting may take; 5 s by default.
     *
     * @return nanoseconds.
     */
    public long connectTimeoutNs()
    {
        return connectTimeoutNs;
    }

    /**
     * Silence of the media driver after which the session is lost; 10 s by default. The death of its process is seen
     * within a second whatever this is: it is for a gateway that stands still, and too low a value loses sessions to a
     * busy machine.
     *
     * @param driverTimeoutMs milliseconds.
     * @return this.
     */
    public CountersignClient.Context driverTimeoutMs(final long driverTimeoutMs)
    {
        this.driverTimeoutMs = driverTimeoutMs;
        return (CountersignClient.Context) this;
    }

    /**
     * Silence of the media driver after which the session is lost; 10 s by default. The death of its process is seen
     * within a second whatever this is: it is for a gateway that stands still, and too low a value loses sessions to a
     * busy machine.
     *
     * @return milliseconds.
     */
    public long driverTimeoutMs()
    {
        return driverTimeoutMs;
    }

    /**
     * How long a request waits for its reply; 1 s by default, to about a millisecond.
     *
     * @param requestTimeoutNs nanoseconds.
     * @return this.
     */
    public CountersignClient.Context requestTimeoutNs(final long requestTimeoutNs)
    {
        this.requestTimeoutNs = requestTimeoutNs;
        return (CountersignClient.Context) this;
    }

    /**
     * How long a request waits for its reply; 1 s by default, to about a millisecond.
     *
     * @return nanoseconds.
     */
    public long requestTimeoutNs()
    {
        return requestTimeoutNs;
    }

    /**
     * Tries to send a frame before the gateway counts as not keeping up; 3 by default.
     *
     * @param offerAttempts at least 2: one try in a while only turns the page of the log.
     * @return this.
     */
    public CountersignClient.Context offerAttempts(final int offerAttempts)
    {
        this.offerAttempts = offerAttempts;
        return (CountersignClient.Context) this;
    }

    /**
     * Tries to send a frame before the gateway counts as not keeping up; 3 by default.
     *
     * @return at least 2: one try in a while only turns the page of the log.
     */
    public int offerAttempts()
    {
        return offerAttempts;
    }

    /**
     * Most requests that wait for their reply; 4,096 by default.
     *
     * @param maxInFlight a power of two.
     * @return this.
     */
    public CountersignClient.Context maxInFlight(final int maxInFlight)
    {
        this.maxInFlight = maxInFlight;
        return (CountersignClient.Context) this;
    }

    /**
     * Most requests that wait for their reply; 4,096 by default.
     *
     * @return a power of two.
     */
    public int maxInFlight()
    {
        return maxInFlight;
    }

    /**
     * Most replies per poll; 16 by default.
     *
     * @param fragmentLimit at least 1.
     * @return this.
     */
    public CountersignClient.Context fragmentLimit(final int fragmentLimit)
    {
        this.fragmentLimit = fragmentLimit;
        return (CountersignClient.Context) this;
    }

    /**
     * Most replies per poll; 16 by default.
     *
     * @return at least 1.
     */
    public int fragmentLimit()
    {
        return fragmentLimit;
    }

    /**
     * How to wait while connecting and in a {@link BlockingClient}: spins, yields, parks up to 100 us by default.
     *
     * @param idleStrategy not shared between threads.
     * @return this.
     */
    public CountersignClient.Context idleStrategy(final IdleStrategy idleStrategy)
    {
        this.idleStrategy = idleStrategy;
        return (CountersignClient.Context) this;
    }

    /**
     * How to wait while connecting and in a {@link BlockingClient}: spins, yields, parks up to 100 us by default.
     *
     * @return not shared between threads.
     */
    public IdleStrategy idleStrategy()
    {
        return idleStrategy;
    }

    final BotAuthentication authentication()
    {
        return new BotAuthentication(
            principal.getBytes(StandardCharsets.UTF_8),
            null == apiKey ? ApiKeyFile.read(apiKeyFile) : takeApiKey(),
            channels.wayBack());
    }

    private ApiKey takeApiKey()
    {
        final ApiKey taken = ApiKey.parse(apiKey);
        Arrays.fill(apiKey, (byte) 0);
        require(null != taken, "apiKey is no API key");
        return taken;
    }

    private static void require(final boolean isMet, final String complaint)
    {
        if (!isMet)
        {
            throw new IllegalStateException(complaint);
        }
    }
}
