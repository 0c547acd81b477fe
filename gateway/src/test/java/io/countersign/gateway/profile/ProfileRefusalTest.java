package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldSource.Kind;
import io.countersign.venues.profile.FieldValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is refused, for every operation of every profile, and that the field is named. */
class ProfileRefusalTest
{
    private static final int TRIES = 20;
    private static final long UTC_NS = 1_700_000_000_123_456_789L;

    private final Seed seed = new Seed();
    private final OrderFrames frames = new OrderFrames();
    private final Stamp stamp = new Stamp().set(UTC_NS, 1);
    private final VenueRequest request = new VenueRequest();
    private Random random;

    static List<VenueOperation> operations()
    {
        return VenueOperation.all();
    }

    @BeforeEach
    void draw()
    {
        random = seed.random();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldRefuseDecimalsThatAreNotAboveZeroOrTooFine(final VenueOperation tested)
    {
        final SampleOrders samples = new SampleOrders(tested.profile(), tested.operation(), random);
        for (final FieldSource source : samples.used(Kind.DECIMAL))
        {
            for (final Map<FieldSource, byte[]> fields : with(samples, source))
            {
                for (final String value : List.of("0", "0.00", "-1", "-0.5"))
                {
                    assertRefused(tested, fields, source, value);
                }
                final FieldValue use = samples.use(source);
                if (use.maxDecimals() < FieldValue.ANY_DECIMALS)
                {
                    assertRefused(tested, fields, source, "1." + "0".repeat(use.maxDecimals()) + "1");
                    if (!use.strips())
                    {
                        assertRefused(tested, fields, source, "1." + "0".repeat(use.maxDecimals() + 1));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldRefuseAWindowThatTheVenueHasNot(final VenueOperation tested)
    {
        final SampleOrders samples = new SampleOrders(tested.profile(), tested.operation(), random);
        final int maxMs = samples.uses(FieldSource.RECEIVE_WINDOW) ? tested.profile().receiveWindow().maxMs() : 0;
        for (final int windowMs : new int[]{0, -1, maxMs + 1, Integer.MAX_VALUE})
        {
            assertRefused(tested, samples.next(), FieldSource.RECEIVE_WINDOW, Integer.toString(windowMs));
        }
    }

    /** Left out, a field would make an order of it that the bot has not meant. */
    @ParameterizedTest
    @MethodSource("operations")
    void shouldRefuseFieldsThatItDoesNotUse(final VenueOperation tested)
    {
        final SampleOrders samples = new SampleOrders(tested.profile(), tested.operation(), random);
        for (final FieldSource source : FieldSource.values())
        {
            if (isPossible(tested, source) && !samples.uses(source))
            {
                final byte[] value = samples.value(source);
                assertRefused(tested, samples.next(), source, new String(value, StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldRefuseAnOrderThatLacksWhatItMustHave(final VenueOperation tested)
    {
        final SampleOrders samples = new SampleOrders(tested.profile(), tested.operation(), random);
        for (int i = 0; i < TRIES; i++)
        {
            final Map<FieldSource, byte[]> fields = samples.next((source) -> false);
            assertEquals(Reason.NONE, build(tested, fields), () -> names(fields) + seed.get());
            for (final FieldSource source : List.copyOf(fields.keySet()))
            {
                if (FieldSource.SIDE == source || FieldSource.ORDER_TYPE == source)
                {
                    continue; // No frame is without.
                }
                final byte[] value = fields.remove(source);
                assertEquals(Reason.FIELD_MISSING, build(tested, fields),
                    () -> source + " of " + names(fields) + seed.get());
                // Of a choice the first is named.
                assertTrue(source.ordinal() == request.faultField() || !tested.operation().oneOf().isEmpty(), seed);
                fields.put(source, value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldSayTooLongInsteadOfOverrunning(final VenueOperation tested)
    {
        final SampleOrders samples = new SampleOrders(tested.profile(), tested.operation(), random);
        final Map<FieldSource, byte[]> fields = samples.next((source) -> true);
        final VenueKey key = tested.key();
        int finished = 0;
        for (int capacity = 0; capacity < 700; capacity++)
        {
            final VenueRequest small = new VenueRequest(capacity);
            final int built = tested.venue().build(
                frames.order(tested.operation().operation(), fields), key, stamp, small);
            final int reason = built != 0 ? built : tested.venue().finish(small, key, frames.buffer(), 0, 64);
            assertTrue(reason == 0 || reason == Reason.REQUEST_TOO_LONG.value(), () -> Reason.get(reason).toString());
            assertEquals(reason == 0, small.isFinished());
            assertFalse(finished > 0 && reason != 0, "longer buffers hold what shorter ones hold");
            finished += reason == 0 ? 1 : 0;
        }
        assertTrue(finished > 0);
    }

    private List<Map<FieldSource, byte[]>> with(final SampleOrders samples, final FieldSource source)
    {
        for (int i = 0; i < TRIES * 10; i++)
        {
            final Map<FieldSource, byte[]> fields = samples.next();
            if (fields.containsKey(source))
            {
                return List.of(fields);
            }
        }
        throw new AssertionError("no order has " + source + seed);
    }

    private void assertRefused(
        final VenueOperation tested,
        final Map<FieldSource, byte[]> fields,
        final FieldSource source,
        final String value)
    {
        final byte[] before = fields.put(source, value.getBytes(StandardCharsets.US_ASCII));
        assertEquals(Reason.FIELD_INVALID, build(tested, fields), () -> source + " " + value + seed.get());
        assertEquals(source, FieldSource.of(request.faultField()), () -> source + " " + value + seed.get());
        assertFalse(request.isBuilt());
        assertEquals(0, request.payload().length());
        fields.remove(source);
        if (null != before)
        {
            fields.put(source, before);
        }
    }

    private Reason build(final VenueOperation tested, final Map<FieldSource, byte[]> fields)
    {
        return Reason.get(tested.venue().build(
            frames.order(tested.operation().operation(), fields), tested.key(), stamp, request));
    }

    private static boolean isPossible(final VenueOperation tested, final FieldSource source)
    {
        if (!source.isOfOrder() || FieldSource.RECEIVE_WINDOW == source)
        {
            return false;
        }
        return switch (tested.operation().operation())
        {
            case NEW_ORDER -> source.ordinal() <= FieldSource.CLIENT_ORDER_ID.ordinal() ||
                FieldSource.REDUCE_ONLY == source || FieldSource.GOOD_TIL_BLOCK == source;
            case CANCEL_ORDER -> FieldSource.SYMBOL == source || FieldSource.CANCEL_RESTRICTION == source ||
                FieldSource.GOOD_TIL_BLOCK == source || source.name().endsWith("ORDER_ID");
            case QUERY_ORDER -> FieldSource.SYMBOL == source || source.name().endsWith("ORDER_ID") &&
                FieldSource.CLIENT_ORDER_ID != source;
            case QUERY_ACCOUNT -> FieldSource.OMIT_ZERO_BALANCES == source;
            case CANCEL_ALL, QUERY_ORDERS -> FieldSource.SYMBOL == source;
            case LOGIN -> FieldSource.MESSAGE_SEQUENCE == source || source.name().endsWith("COMP_ID");
            case TRANSACT -> throw new AssertionError("no profile writes transactions");
        };
    }

    private static String names(final Map<FieldSource, byte[]> fields)
    {
        return fields.keySet().toString();
    }
}
