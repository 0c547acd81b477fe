package io.countersign.ops.venues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.gateway.config.VenueProfiles;
import io.countersign.ops.venues.Verdict.Kind;
import io.countersign.venues.Venue;
import io.countersign.venues.profile.ProfileDescribed;
import io.countersign.venues.profile.ProfileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

class VenueVectorTest
{
    static List<Map.Entry<String, Vector>> vectors()
    {
        return VectorFiles.withOrders();
    }

    /** What shipped profiles describe of the vectors, read from the vectors alone. */
    static List<Map.Entry<String, Vector>> described() throws ProfileException
    {
        final List<Map.Entry<String, Vector>> described = new ArrayList<>();
        for (final Venue venue : VenueProfiles.shipped().all())
        {
            for (final String file : VectorFiles.FILES)
            {
                final List<Vector> all = Vector.read(VectorFiles.resource(file));
                final VectorBench bench = new VectorBench((ProfileDescribed) venue, all, VectorSigner.SOFTWARE);
                for (final Vector vector : all)
                {
                    final Verdict verdict = bench.check(vector);
                    assertTrue(Kind.DIFFERENT != verdict.kind(), () -> venue.name() + ": " + verdict);
                    if (Kind.OK == verdict.kind())
                    {
                        described.add(Map.entry(venue.name(), vector));
                    }
                }
            }
        }
        return described;
    }

    @Test
    void shouldHaveEveryVector()
    {
        assertEquals(70, vectors().size());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldWriteTheRequestOfATypedOrder(final Map.Entry<String, Vector> vector) throws Exception
    {
        final Verdict verdict = check(vector.getKey(), vector.getValue());
        assertEquals(Kind.OK, verdict.kind(), verdict::toString);
    }

    @Test
    void shouldReadEveryVectorOfAShippedProfileBackWithoutHelp() throws Exception
    {
        final TreeSet<String> ids = new TreeSet<>();
        described().forEach((vector) -> ids.add(vector.getValue().id()));
        final TreeSet<String> expected = new TreeSet<>();
        vectors().stream().filter((vector) -> !vector.getKey().startsWith("example-"))
            .forEach((vector) -> expected.add(vector.getValue().id()));
        VectorFiles.all().stream().map(Vector::id).filter((id) -> id.contains("hyperliquid."))
            .filter((id) -> id.contains(".order.") || id.contains(".cancel")).forEach(expected::add);
        expected.addAll(List.of("derived.kucoin.passphrase", "eth.eip1559.1"));
        // The session is another, the signed text is that of the WebSocket.
        expected.add("derived.bybit.fix.rsa.logon");
        assertEquals(expected, ids);
    }

    @Test
    void shouldNoticeEveryChangeOfAVector() throws Exception
    {
        int changes = 0;
        final Map<String, String> apiKeys = new LinkedHashMap<>();
        vectors().forEach((entry) -> apiKeys.put(entry.getValue().id(), entry.getValue().text("api_key")));
        for (final Map.Entry<String, Vector> entry : described())
        {
            final Vector vector = with(entry.getValue(), "api_key", apiKeys.get(entry.getValue().id()));
            for (final Map.Entry<String, UnaryOperator<Vector>> change : CHANGES.entrySet())
            {
                final Vector changed = change.getValue().apply(vector);
                if (null != changed)
                {
                    changes++;
                    final Verdict verdict = check(entry.getKey(), changed);
                    assertEquals(Kind.DIFFERENT, verdict.kind(), () -> change.getKey() + ": " + verdict);
                }
            }
        }
        assertTrue(changes >= 120, "only " + changes);
    }

    private static final Map<String, UnaryOperator<Vector>> CHANGES = Map.of(
        "another signature", (vector) -> with(vector, "expected_signature",
            flipped(vector.text("expected_signature"), 7)),
        "another payload", (vector) -> with(vector, "canonical_payload",
            flipped(vector.text("canonical_payload"), Math.max(9,
            vector.text("canonical_payload").indexOf(String.valueOf(vector.text("timestamp")))))),
        "another value", (vector) -> isSigned(vector) ? with(vector, "params", vector.parameters().stream().map(
            (parameter) -> "symbol".equals(parameter.name()) ?
            List.of(parameter.name(), parameter.text() + "X") :
            List.of(parameter.name(), parameter.value())).toList()) : null);

    private static boolean isSigned(final Vector vector)
    {
        return vector.parameters().stream().anyMatch((parameter) -> "symbol".equals(parameter.name()));
    }

    private static Vector with(final Vector vector, final String field, final Object value)
    {
        final Map<String, Object> fields = new LinkedHashMap<>(vector.fields());
        fields.put(field, value);
        return new Vector(fields);
    }

    /** A letter or digit of it is another of the same sort: still base64, hexadecimal digits or a number. */
    private static String flipped(final String text, final int position)
    {
        final int at = Math.min(position, text.length() - 1);
        final char other = '1' == text.charAt(at) ? '2' : '1';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static Verdict check(final String profile, final Vector vector) throws Exception
    {
        return new VectorBench(VectorFiles.venue(profile), List.of(vector), VectorSigner.SOFTWARE).check(vector);
    }
}
