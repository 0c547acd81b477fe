package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.gateway.GatewayFixture;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTraits;
import io.countersign.gateway.register.OperatorRole;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.VenueBinding;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway with ten thousand keys in its register. What it takes to start is printed; asserted is only what a machine
 * that others use, too, cannot miss.
 */
class ManyKeysStartTest
{
    private static final int KEYS = Integer.getInteger("countersign.test.keys", 10_000);
    private static final int FEW_KEYS = 10;
    private static final int WARM_UP = 20_000;
    private static final int ORDERS = 20_000;
    private static final long MAX_START_MS = 30_000;

    @Test
    @Tag("soak")
    void shouldStartWithTenThousandKeysAndSignAsWithTen() throws Exception
    {
        final long few = medianNs(FEW_KEYS);
        final long many = medianNs(KEYS);
        assertTrue(many < 2 * few, () -> "a request takes " + many + " ns with " + KEYS + " keys, " + few + " with " +
            FEW_KEYS);
    }

    private static long medianNs(final int keyCount) throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture())
        {
            prepare(fixture, keyCount);
            final long startNs = System.nanoTime();
            fixture.launch();
            final long startMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            System.out.println(keyCount + " keys in the register: started in " + startMs + " ms");
            assertTrue(startMs < MAX_START_MS);
            final long[] tookNs = new long[ORDERS];
            try (BlockingClient bot = fixture.connect())
            {
                for (int i = 0; i < WARM_UP + ORDERS; i++)
                {
                    final long sentNs = System.nanoTime();
                    KeyRoadTest.order(bot, alias(i * 7_919 % keyCount));
                    if (i >= WARM_UP)
                    {
                        tookNs[i - WARM_UP] = System.nanoTime() - sentNs;
                    }
                }
            }
            Arrays.sort(tookNs);
            System.out.println(keyCount + " keys: a request takes " + tookNs[ORDERS / 2] + " ns at p50, " +
                tookNs[ORDERS / 100 * 99] + " ns at p99");
            assertTrue(fixture.errors().isEmpty(), () -> fixture.errors().toString());
            return tookNs[ORDERS / 2];
        }
    }

    private static void prepare(final GatewayFixture fixture, final int keyCount) throws Exception
    {
        final KeySpec registerKey = fixture.token().importSecret("register", SigningAlgorithm.HMAC_SHA256,
            "the register key of this fixture".getBytes(StandardCharsets.US_ASCII));
        final List<KeyEntry> entries = new ArrayList<>();
        final StringBuilder keys = new StringBuilder();
        final StringBuilder names = new StringBuilder();
        try (RawToken raw = new RawToken(fixture.token()))
        {
            for (int i = 0; i < keyCount; i++)
            {
                raw.createSecret(id(i), SigningAlgorithm.HMAC_SHA256, secret(i));
                entries.add(KeyEntry.preActive(
                    new KeySpec(alias(i), 1, id(i), SigningAlgorithm.HMAC_SHA256, checkValue(i)),
                    fixture.token().tokenLabel(), KeyTraits.NONE, System.currentTimeMillis())
                    .withVenue(VenueBinding.of("binance-spot", "api-key-" + i))
                    .become(KeyState.ACTIVE, System.currentTimeMillis()));
                keys.append("  - {alias: ").append(alias(i)).append(", algorithm: HMAC-SHA256, venue: binance-spot}\n");
                names.append(0 == i ? "" : ", ").append(alias(i));
            }
        }
        fixture.write("policy.yaml", RegisterFixture.POLICY.replace("main, rsa, hmac", names));
        fixture.write("gateway.yaml", Files.readString(fixture.config()).replaceFirst("(?s)keys:\n.*policy:", """
            register:
              file: register.jsonl
              key: {alias: register, id: "%s", check-value: %s}
            keys:
            %spolicy:""".formatted(HexFormat.of().formatHex(registerKey.id()),
            HexFormat.of().formatHex(registerKey.pinned()), keys)));
        final GatewayConfig config = ConfigReader.read(fixture.config());
        try (TokenConnector connector = new TokenConnector(
            fixture.token().context().keys(List.of()).registerKey(config.register().key()));
            TokenConnection connection = connector.connect())
        {
            OpenRegister.create(config.register(), connection, Register.EMPTY.withKeys(entries)
                .withOperator(new TestOperator("anna", OperatorRole.SECURITY_OFFICER).entry()),
                System.currentTimeMillis());
        }
    }

    private static String alias(final int index)
    {
        return "key-" + index;
    }

    private static byte[] id(final int index)
    {
        return ByteBuffer.allocate(Integer.BYTES + 1).put((byte) 0x70).putInt(index).array();
    }

    private static byte[] secret(final int index)
    {
        return ByteBuffer.allocate(32).putInt(28, index).array();
    }

    private static byte[] checkValue(final int index) throws Exception
    {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret(index), "RAW"));
        return Arrays.copyOf(mac.doFinal(KeySpec.CHECK_VALUE_TEXT.getBytes(StandardCharsets.US_ASCII)),
            KeySpec.CHECK_VALUE_LENGTH);
    }
}
