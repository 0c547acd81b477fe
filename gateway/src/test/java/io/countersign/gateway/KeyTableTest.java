package io.countersign.gateway;

import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.journal.JournalException;
import io.countersign.gateway.journal.NonceEntry;
import io.countersign.gateway.journal.NonceMarks;
import io.countersign.venues.Stamp;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class KeyTableTest
{
    private static final long UTC_NS = 1_800_000_000_123_456_789L;
    private static final int BINANCE = 0;
    private static final int KRAKEN = 2;
    private static final int EXAMPLE = 3;

    private final Stamp stamp = new Stamp();

    @Test
    void shouldBeginAtTheClockInTheUnitOfTheVenue() throws Exception
    {
        final KeyTable keys = keys(NonceMarks.NO_NONCE);
        assertEquals(List.of(1_800_000_000_123L, 1_800_000_000_124L, 1_800_000_000_125L),
            List.of(next(keys, KRAKEN, UTC_NS), next(keys, KRAKEN, UTC_NS), next(keys, KRAKEN, 0)));
        assertEquals(1_800_000_001_000L, next(keys, KRAKEN, 1_800_000_001_000_000_000L));
        assertEquals(Stamp.NO_NONCE, next(keys, BINANCE, UTC_NS));
        assertEquals(IntentDecoder.nonceNullValue(), Stamp.NO_NONCE, "recorded as none");
    }

    @Test
    void shouldBeginAboveTheMark() throws Exception
    {
        final KeyTable keys = keys(1_800_000_000_200L);
        assertEquals(1_800_000_000_201L, next(keys, KRAKEN, UTC_NS));
        assertEquals(1_800_000_000_300L, next(keys, KRAKEN, 1_800_000_000_300_000_000L));
        assertEquals(
            List.of(new NonceEntry("kraken", 5, "kraken-spot", "third", 1_800_000_000_300L)), keys.nonces());
    }

    /** It only reproduces what is printed, and no venue takes it. */
    @Test
    void shouldNotCountWithAKeyOfExamples() throws Exception
    {
        final KeyTable keys = keys(1_800_000_000_200L);
        assertEquals(1_616_492_376_594L, next(keys, EXAMPLE, UTC_NS));
        assertEquals(1_616_492_376_594L, next(keys, EXAMPLE, UTC_NS));
        assertEquals(1_800_000_000_201L, next(keys, KRAKEN, UTC_NS));
    }

    @Test
    void shouldRefuseToStartWhenNoncesAreUsedUp() throws Exception
    {
        final long last = Long.MAX_VALUE - (1L << 53);
        assertEquals(last + 1, next(keys(last), KRAKEN, UTC_NS));
        assertEquals("key 'kraken': the journal holds the nonce " + Long.MAX_VALUE + " at kraken-spot, and too few " +
            "are left above it; give the key another API key there",
            assertThrows(JournalException.class, () -> keys(Long.MAX_VALUE)).getMessage());
    }

    private long next(final KeyTable keys, final int keyIndex, final long utcNs)
    {
        keys.stamp(keyIndex, utcNs, stamp);
        return stamp.nonce();
    }

    private static KeyTable keys(final long mark) throws ConfigException
    {
        final NonceMarks marks = new NonceMarks();
        if (NonceMarks.NO_NONCE != mark)
        {
            marks.onMark(new NonceEntry("", 0, "kraken-spot", "third", mark));
        }
        final GatewayConfig config = ConfigReader.of(Path.of("target", "rig.yaml"), AgentRig.CONFIG.replace(
            "policy: policy.yaml", """
              - alias: kraken
                version: 5
                id: "03"
                algorithm: HMAC-SHA512
                check-value: 000102030405060708090a0b0c0d0e0f
                venue: kraken-spot
                api-key: third
              - alias: example
                id: "04"
                algorithm: HMAC-SHA512
                check-value: 000102030405060708090a0b0c0d0e0f
                venue: kraken-spot
                api-key: third
                example-timestamp-ms: 1616492376594
            policy: policy.yaml"""));
        return new KeyTable(
            KeySlot.of(config.tokens().stream().map(TokenConfig::name).toList(), config.keys()), marks);
    }
}
