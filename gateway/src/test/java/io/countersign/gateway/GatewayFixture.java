package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.CountersignClient;
import io.countersign.client.NewOrderRequest;
import io.countersign.codecs.authentication.ApiKey;
import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenException;
import org.agrona.IoUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway with a SoftHSM token, a driver and a journal of its own, below target/.
 */
public final class GatewayFixture implements AutoCloseable
{
    /** The secret key that Binance's rest-api.md prints as its example. */
    public static final String DOCUMENTED_SECRET =
        "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";

    /** The API key that the same page prints. */
    public static final String DOCUMENTED_API_KEY =
        "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";

    /** The signature that the same page prints for {@link #documentedOrder}. */
    public static final String DOCUMENTED_SIGNATURE =
        "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";

    private static final byte[] MASTER_SECRET =
        "a master key of this test fixture".getBytes(StandardCharsets.US_ASCII);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final Path directory;
    private final SoftHsmFixture token;
    private final Path config;
    private final KeySpec masterKey;
    private Gateway gateway;
    private volatile boolean isLost;

    public GatewayFixture() throws TokenException
    {
        this("");
    }

    /**
     * Construct with a configuration.
     *
     * @param gatewayLines more lines of the section {@code gateway}, each indented by two and ended: first those of
     *                     more ingresses, where there are any.
     * @throws TokenException when there is no SoftHSM.
     */
    public GatewayFixture(final String gatewayLines) throws TokenException
    {
        this(gatewayLines, "");
    }

    /**
     * Construct with a configuration.
     *
     * @param gatewayLines        more lines of the section {@code gateway}, each indented by two.
     * @param authenticationLines more lines of the section {@code authentication}, each indented by two.
     * @throws TokenException when there is no SoftHSM.
     */
    public GatewayFixture(final String gatewayLines, final String authenticationLines) throws TokenException
    {
        directory = Path.of("target", "gateway-" + COUNT.incrementAndGet()).toAbsolutePath();
        IoUtil.delete(directory.toFile(), true);
        token = SoftHsmFixture.create();
        final KeySpec hmac = token.importSecret(
            "hmac", SigningAlgorithm.HMAC_SHA256, DOCUMENTED_SECRET.getBytes(StandardCharsets.US_ASCII));
        masterKey = token.importSecret("master", SigningAlgorithm.HMAC_SHA256, MASTER_SECRET);
        final KeySpec ed25519 = token.generateKeyPair("ed25519", SigningAlgorithm.ED25519);
        write("policy.yaml", """
            principals:
              - name: maker
                api-key-versions: [1, 2]
                rules:
                  - name: trade
                    keys: [hmac, ed25519]
                    operations: [new-order, cancel-order, query-order]
                    symbols: [LTCBTC]
                    max-quantity: 10
            """);
        config = write("gateway.yaml", """
            gateway:
              ingresses:
                - name: ipc:bots
                  aeron-directory: aeron
            %s  journal-directory: journal
              idle: yield
            token:
              module: %s
              label: %s
              pin-file: %s
            authentication:
              master-key:
                alias: master
                id: "%s"
                check-value: %s
            %skeys:
              - alias: hmac
                id: "%s"
                algorithm: HMAC-SHA256
                check-value: %s
                venue: binance-spot
                api-key: %s
                example-timestamp-ms: 1499827319559
              - alias: ed25519
                id: "%s"
                algorithm: Ed25519
                public-key: %s
                venue: binance-spot
                api-key: second
            policy: policy.yaml
            """.formatted(
            gatewayLines,
            SoftHsmFixture.modulePath(), token.tokenLabel(), token.pinFile(),
            HexFormat.of().formatHex(masterKey.id()), HexFormat.of().formatHex(masterKey.pinned()),
            authenticationLines,
            HexFormat.of().formatHex(hmac.id()), HexFormat.of().formatHex(hmac.pinned()), DOCUMENTED_API_KEY,
            HexFormat.of().formatHex(ed25519.id()), Base64.getEncoder().encodeToString(ed25519.pinned())));
    }

    /**
     * Have the gateway use two tokens: its own as {@code left}, another as {@code right}.
     *
     * @param right  with HMAC-SHA256 keys only, all of which the gateway gets, ahead of its other keys.
     * @param module of the second token.
     * @return this.
     * @throws IOException when the configuration cannot be read.
     */
    public GatewayFixture withSecondToken(final SoftHsmFixture right, final Path module) throws IOException
    {
        final StringBuilder keys = new StringBuilder("keys:\n");
        for (final KeySpec key : right.keys())
        {
            keys.append("""
                  - {alias: %1$s, token: right, id: "%2$s", algorithm: HMAC-SHA256, check-value: %3$s,
                     venue: binance-spot, api-key: of-%1$s, example-timestamp-ms: 1499827319559}
                """.formatted(
                key.alias(), HexFormat.of().formatHex(key.id()), HexFormat.of().formatHex(key.pinned())));
        }
        write("gateway.yaml", Files.readString(config)
            .replaceFirst("(?s)\ntoken:.*?\nauthentication:", """

                tokens:
                  - {name: left, module: %s, label: %s, pin-file: %s}
                  - {name: right, module: %s, label: %s, pin-file: %s}
                authentication:""".formatted(
                SoftHsmFixture.modulePath(), token.tokenLabel(), token.pinFile(),
                module, right.tokenLabel(), right.pinFile()))
            .replaceAll("alias: (master|hmac|ed25519)", "alias: $1\n    token: left")
            .replace("keys:\n", keys));
        return this;
    }

    /** Have the journal elsewhere, with a room of its own kept for it. */
    public GatewayFixture withJournal(final Path journal, final int reserveMib) throws IOException
    {
        write("gateway.yaml", Files.readString(config)
            .replace("journal-directory: journal", "journal-directory: " + journal)
            .replace("\ntoken:", "\njournal: {reserve-mib: " + reserveMib + "}\ntoken:"));
        return this;
    }

    public static void documentedOrder(final NewOrderRequest order)
    {
        order.side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
            .quantity(1, 0).price(1, -1).maxAgeMs(5_000).key("hmac").symbol("LTCBTC");
    }

    public GatewayFixture launch() throws Exception
    {
        gateway = Gateway.launch(config, errors::add, () -> isLost = true);
        return this;
    }

    public BlockingClient connect()
    {
        return BlockingClient.connect(clientContext());
    }

    public CountersignClient.Context clientContext()
    {
        return clientContext(aeron());
    }

    public CountersignClient.Context clientContext(final Path aeronDirectory)
    {
        return new CountersignClient.Context()
            .aeronDirectoryName(aeronDirectory.toString()).principal("maker").apiKey(apiKey("maker", 1).text());
    }

    /** What the token derives, computed without it: 32 bytes and the version. */
    public static ApiKey apiKey(final String principal, final int version)
    {
        return new ApiKey(version, HmacSha256.mac(
            MASTER_SECRET,
            "countersign API key, version 1: ".getBytes(StandardCharsets.US_ASCII),
            ByteBuffer.allocate(Integer.BYTES).putInt(version).array(),
            principal.getBytes(StandardCharsets.UTF_8)));
    }

    public KeySpec masterKey()
    {
        return masterKey;
    }

    public static byte[] masterSecret()
    {
        return MASTER_SECRET.clone();
    }

    public Path write(final String name, final String text)
    {
        try
        {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(name), text);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public SoftHsmFixture token()
    {
        return token;
    }

    public Path config()
    {
        return config;
    }

    public Path directory()
    {
        return directory;
    }

    public Path aeron()
    {
        return directory.resolve("aeron");
    }

    public Path journal()
    {
        return directory.resolve("journal");
    }

    public Queue<Throwable> errors()
    {
        return errors;
    }

    /** Whether the gateway has said that it cannot go on. */
    public boolean isLost()
    {
        return isLost;
    }

    /** Stops the gateway, as often as it is called. */
    public void stop()
    {
        if (null != gateway)
        {
            gateway.close();
            gateway = null;
        }
    }

    @Override
    public void close()
    {
        stop();
    }
}
