package io.countersign.gateway.keys;

import io.countersign.codecs.journal.KeyChangedEncoder;
import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTraits;
import io.countersign.gateway.register.KeyUse;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.VenueBinding;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

/**
 * What a start makes of a file that has some, all or none of what the journal has.
 */
class RegisterHistoryTest
{
    private static final long NOW_MS = 1_796_065_200_000L;

    private final RegisterHistory history = new RegisterHistory();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final KeyEntry first = preActive(1).become(KeyState.ACTIVE, NOW_MS);
    private final KeyEntry second = preActive(2);
    private long monotonicNs = 1;

    RegisterHistoryTest() throws RegisterException
    {
        // The key pairs of a rotation.
    }

    @Test
    void shouldApplyWhatIsAboveTheFile() throws Exception
    {
        record(1, first.become(KeyState.SUSPENDED, NOW_MS));
        record(1, first.become(KeyState.REVOKED, NOW_MS));
        assertEquals(KeyState.REVOKED, after(Register.EMPTY.withKey(first)).key("main", 1).state());
    }

    @Test
    void shouldNotRepeatWhatTheFileHasThoughItsGenerationIsLower() throws Exception
    {
        final KeyEntry revoked = first.become(KeyState.REVOKED, NOW_MS);
        record(1, first.become(KeyState.RETIRING, NOW_MS), second.become(KeyState.ACTIVE, NOW_MS));
        record(2, second.become(KeyState.ACTIVE, NOW_MS).become(KeyState.RETIRING, NOW_MS), first);
        record(2, revoked);
        final Register saved = Register.EMPTY.withKey(first).withKey(second)
            .withKeys(List.of(first.become(KeyState.RETIRING, NOW_MS), second.become(KeyState.ACTIVE, NOW_MS)))
            .withKeys(List.of(second.become(KeyState.ACTIVE, NOW_MS).become(KeyState.RETIRING, NOW_MS), first))
            .withKey(revoked);
        assertSame(saved, history.applyTo(saved));
    }

    @Test
    void shouldApplyTheRestWhereTheFileHasSome() throws Exception
    {
        record(2, first.become(KeyState.RETIRING, NOW_MS), second.become(KeyState.ACTIVE, NOW_MS));
        record(3, second.become(KeyState.ACTIVE, NOW_MS).become(KeyState.RETIRING, NOW_MS), first);
        // As it was at first, key by key; as a whole it is not.
        assertEquals(KeyState.ACTIVE, after(Register.EMPTY.withKey(first).withKey(second)).key("main", 1).state());
        final Register some = Register.EMPTY.withKey(first).withKey(second)
            .withKeys(List.of(first.become(KeyState.RETIRING, NOW_MS), second.become(KeyState.ACTIVE, NOW_MS)));
        assertEquals(KeyState.ACTIVE, after(some).key("main", 1).state());
        assertEquals(KeyState.RETIRING, after(some).key("main", 2).state());
    }

    @Test
    void shouldKeepTheHigherCountOfSignatures() throws Exception
    {
        record(1, first.become(KeyState.REVOKED, NOW_MS).withUse(new KeyUse(3, NOW_MS)));
        final KeyEntry after =
            after(Register.EMPTY.withKey(first).withKey(first.withUse(new KeyUse(5, NOW_MS)))).key("main", 1);
        assertEquals(KeyState.REVOKED, after.state());
        assertEquals(5, after.use().signatures());
    }

    private Register after(final Register file) throws RegisterException
    {
        return history.applyTo(file);
    }

    private void record(final long generation, final KeyEntry... entries)
    {
        monotonicNs++;
        for (final KeyEntry entry : entries)
        {
            final KeyChangedEncoder encoder =
                new KeyChangedEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            encoder.sequence(monotonicNs).utcNs(NOW_MS).monotonicNs(monotonicNs).sessionId(0).generation(generation)
                .keyVersion(entry.version())
                .state(io.countersign.codecs.journal.KeyState.valueOf(entry.state().name()))
                .alias(entry.alias()).operatorName("kim").comment("").entry(entry.line());
            history.onRecord(buffer, 0, encoder.limit(), KeyChangedDecoder.TEMPLATE_ID, monotonicNs);
        }
    }

    private static KeyEntry preActive(final int version)
    {
        final byte[] checkValue = new byte[KeySpec.CHECK_VALUE_LENGTH];
        checkValue[0] = (byte) version;
        return KeyEntry.preActive(
            new KeySpec("main", version, new byte[]{(byte) version}, SigningAlgorithm.HMAC_SHA256, checkValue),
            "main", KeyTraits.NONE, NOW_MS).withVenue(VenueBinding.of("binance-spot", "id-" + version));
    }
}
