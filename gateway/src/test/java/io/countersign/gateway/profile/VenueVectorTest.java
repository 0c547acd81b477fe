package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.ProfileReader;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.venues.KeyRule;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.Stamp;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.profile.ProfileCompiler;
import io.countersign.venues.profile.ProfileException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class VenueVectorTest
{
    /** Stands for a nonce that is no number and no UUID, as nobody's is who counts. */
    private static final long OTHER_NONCE = 7_777_777_777L;
    private static final long OTHER_SEED = 0x7777_7777_7777_4777L;
    private static final String OTHER_UUID = "77777777-7777-4777-8000-0001cf977871";

    private final VenueRequest request = new VenueRequest();
    private final OrderFrames frames = new OrderFrames();
    private final Stamp stamp = new Stamp();

    static List<VenueVector> vectors()
    {
        return VenueVector.all();
    }

    @Test
    void shouldHaveEveryVector()
    {
        assertTrue(vectors().size() >= 70, () -> "only " + vectors().size());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldSignThePayloadOfTheVector(final VenueVector vector) throws Exception
    {
        final Venue venue = venue(vector.given("profile"));
        final KeyRule rule = venue.keyRule(vector.algorithm());
        assertNotNull(rule, "the venue takes no such key");
        final VenueKey key = key(vector, venue, rule);
        final Order order = frames.order(Operation.ofConfigName(vector.given("operation")),
            OrderFrames.fields(vector.texts("order")));

        final int reason = venue.build(order, key, stamp, request);
        assertEquals(Reason.NONE, Reason.get(reason), () -> "field " + request.faultField());
        final boolean isSubstituted = stamp.nonce() == OTHER_NONCE;
        final byte[] payload = bytes(request.payload().toString(), isSubstituted, vector);
        if (!isText(vector.payload()))
        {
            assertArrayEquals(vector.payload(), memory());
        }
        else
        {
            assertEquals(
                new String(vector.payload(), StandardCharsets.UTF_8), new String(payload, StandardCharsets.UTF_8));
        }

        final UnsafeBuffer signature = new UnsafeBuffer(vector.sign(vector.payload()));
        assertEquals(0, venue.finish(request, key, signature, 0, signature.capacity()));
        assertTrue(request.isFinished());
        assertEquals(vector.signature(), request.signature().toString());
        if (null != vector.framedMessage())
        {
            assertEquals(vector.framedMessage(), request.body().toString());
        }
    }

    static Venue venue(final String name) throws ProfileException
    {
        final Venue shipped = VenueProfiles.shipped().byName(name);
        if (null != shipped)
        {
            return shipped;
        }
        final String file = "examples/" + name + ".yaml";
        return ProfileCompiler.compile(ProfileReader.of(Path.of(file), VenueVector.resource(file)));
    }

    private VenueKey key(final VenueVector vector, final Venue venue, final KeyRule rule)
    {
        final Map<String, String> parameters = vector.texts("parameters");
        final VenueKey.Builder builder = VenueKey.builder(vector.given("api-key"), rule.algorithm(), rule.signature())
            .passphrase(null == vector.given("passphrase") && PassphraseUse.NONE != venue.passphrase() ?
                "any" : vector.given("passphrase"))
            .parameters(venue.parameters().stream().map((parameter) ->
                parameters.getOrDefault(parameter.name(), parameter.defaultValue())).toList());
        stamp.set(vector.utcNs(), nonce(vector, venue, builder));
        return builder.build();
    }

    private static long nonce(final VenueVector vector, final Venue venue, final VenueKey.Builder builder)
    {
        final String nonce = vector.given("nonce");
        if (null == nonce)
        {
            return 0;
        }
        if (NonceRule.Kind.UUID == venue.nonce().kind())
        {
            if (!nonce.matches("[0-9a-f-]{36}"))
            {
                builder.nonceSeed(OTHER_SEED);
                return OTHER_NONCE;
            }
            final UUID uuid = UUID.fromString(nonce);
            builder.nonceSeed(uuid.getMostSignificantBits());
            return uuid.getLeastSignificantBits();
        }
        return nonce.matches("[0-9]+") ? Long.parseLong(nonce) : OTHER_NONCE;
    }

    private static byte[] bytes(final String payload, final boolean isSubstituted, final VenueVector vector)
    {
        return (!isSubstituted ? payload : payload
            .replace(OTHER_UUID, vector.given("nonce"))
            .replace(Long.toString(OTHER_NONCE), vector.given("nonce"))).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isText(final byte[] payload)
    {
        return StandardCharsets.UTF_8.newEncoder().canEncode(new String(payload, StandardCharsets.UTF_8)) &&
            new String(payload, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
    }

    /** Reads the payload at its address, as a token would. */
    private byte[] memory()
    {
        final byte[] bytes = new byte[request.payload().length()];
        new UnsafeBuffer(request.payloadAddress(), bytes.length).getBytes(0, bytes);
        return bytes;
    }
}
