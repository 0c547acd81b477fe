package io.countersign.perf.parts;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One HMAC of SoftHSM through the inline lane: {@code C_SignInit} and {@code C_Sign} by downcalls, as the gateway's
 * thread makes them. Wants {@code COUNTERSIGN_PKCS11_MODULE} and {@code SOFTHSM2_CONF} with an empty directory for
 * tokens, as {@code bin/bench-parts} sets them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignBenchmark implements SigningListener
{
    private static final String MODULE = "COUNTERSIGN_PKCS11_MODULE";
    private static final String TOKEN = "bench-parts";
    private static final byte[] KEY_ID = {1};
    private static final int PIN_LENGTH = 8;
    private static final String PAYLOAD = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01000000" +
        "&price=52000.00&newClientOrderId=maker7n00000001&recvWindow=5000&timestamp=1700000000000";

    private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(PAYLOAD.length()));
    private TokenConnector connector;
    private TokenConnection connection;
    private SigningLane lane;
    private int signatureLength;

    /**
     * For JMH.
     */
    public SignBenchmark()
    {
    }

    /**
     * A token with a key made in it.
     *
     * @throws IOException    when the PIN cannot be kept.
     * @throws TokenException when the token refuses.
     */
    @Setup
    public void setUp() throws IOException, TokenException
    {
        final String module = System.getenv(MODULE);
        if (null == module || null == System.getenv("SOFTHSM2_CONF"))
        {
            throw new IllegalStateException("run bin/bench-parts, which sets " + MODULE + " and SOFTHSM2_CONF");
        }
        final Path modulePath = Path.of(module);
        final PinSource pin = PinSource.file(newPin());
        TokenProvisioner.initialiseToken(modulePath, TOKEN, PinSource.file(newPin()), pin);
        final KeySpec key;
        try (TokenProvisioner token = TokenProvisioner.open(modulePath, TOKEN, null, pin))
        {
            final SigningAlgorithm algorithm = SigningAlgorithm.HMAC_SHA256;
            key = new KeySpec(TOKEN, 1, KEY_ID, algorithm, token.generateSecret(KEY_ID, TOKEN, algorithm));
        }
        connector = new TokenConnector(new TokenConnector.Context()
            .modulePath(modulePath).tokenLabel(TOKEN).pin(pin).keys(List.of(key)).conclude());
        connection = connector.connect();
        lane = connection.inlineLane();
        payload.putBytes(0, PAYLOAD.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The library is left.
     */
    @TearDown
    public void tearDown()
    {
        CloseHelper.closeAll(connection, connector);
    }

    /**
     * One signature.
     *
     * @return its length in bytes.
     */
    @Benchmark
    public int sign()
    {
        lane.submit(1, 0, payload, 0, PAYLOAD.length());
        lane.poll(this);
        return signatureLength;
    }

    @Override
    public void onSigned(
        final long correlationId, final DirectBuffer signature, final int offset, final int length)
    {
        signatureLength = length;
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        throw new IllegalStateException("the token answered CKR 0x" + Long.toHexString(returnValue));
    }

    private static Path newPin() throws IOException
    {
        final Path file = Files.createTempFile(
            "pin", null, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        final StringBuilder pin = new StringBuilder();
        new SecureRandom().ints(PIN_LENGTH, 0, 10).forEach(pin::append);
        Files.writeString(file, pin);
        file.toFile().deleteOnExit();
        return file;
    }
}
