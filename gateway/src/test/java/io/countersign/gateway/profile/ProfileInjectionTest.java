package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.profile.MeantFields.Meant;
import io.countersign.venues.Order;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldSource.Kind;
import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.Part;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Whatever a bot writes into its texts, what is sent has exactly the fields that were meant, or nothing is sent. */
class ProfileInjectionTest
{
    private static final int CASES = 100_000;
    private static final long UTC_NS = 1_700_000_000_123_456_789L;
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/%-]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+: [ -~]+");
    private static final List<byte[]> HOSTILE = hostile();

    private final Seed seed = new Seed();
    private final Random random = seed.random();
    private final OrderFrames frames = new OrderFrames();
    private final Stamp stamp = new Stamp().set(UTC_NS, 1_700_000_000_123L);
    private final VenueRequest request = new VenueRequest();
    private final UnsafeBuffer signature = new UnsafeBuffer(new byte[64]);

    static List<VenueOperation> operations()
    {
        return VenueOperation.all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldSendExactlyTheFieldsMeant(final VenueOperation tested)
    {
        final SampleOrders samples = new SampleOrders(tested.profile(), tested.operation(), random);
        final MeantFields meant = new MeantFields(tested.profile(), tested.operation());
        final VenueKey key = tested.key();
        final int cases = CASES / operations().size() + 1;
        int sent = 0;
        for (int i = 0; i < cases; i++)
        {
            final Map<FieldSource, byte[]> fields = samples.next();
            final boolean isHostile = poison(fields);
            final Order order = frames.order(tested.operation().operation(), fields);
            final int reason = tested.venue().build(order, key, stamp, request);
            if (reason != 0)
            {
                assertTrue(isHostile, () -> Reason.get(reason) + " for a good order " + text(fields) + seed.get());
                assertEquals(Reason.FIELD_INVALID, Reason.get(reason), seed);
                assertEquals(Kind.TEXT, FieldSource.of(request.faultField()).kind(), () -> text(fields) + seed.get());
                continue;
            }
            sent++;
            final String signed = request.payload().toString();
            random.nextBytes(signature.byteArray());
            assertEquals(0, tested.venue().finish(request, key, signature, 0, signature.capacity()), seed);
            final List<Meant> all = meant.of(fields, request);
            check(tested, all, () -> text(fields) + seed.get());
            checkSigned(tested, all, signed, () -> text(fields) + seed.get());
        }
        assertTrue(sent > cases / 10, "only " + sent + " of " + cases + " were sent" + seed.get());
    }

    private void check(
        final VenueOperation tested, final List<Meant> meant, final Supplier<String> what)
    {
        final FieldsIn fieldsIn = tested.operation().fieldsIn();
        checkPath(tested, what);
        checkHeaders(what);
        switch (fieldsIn)
        {
            case QUERY -> assertFields(meant, form(request.query().toString(), tested.operation().isPercent()), what);
            case FORM -> assertFields(meant, form(request.body().toString(), tested.operation().isPercent()), what);
            case JSON -> assertFields(meant, json(tested), what);
            case FIX -> assertFields(meant, fix(), what);
            default -> assertEquals(0, request.query().length(), what);
        }
    }

    private static void assertFields(
        final List<Meant> meant, final List<Meant> sent, final Supplier<String> what)
    {
        assertEquals(meant.stream().map(Meant::name).toList(), sent.stream().map(Meant::name).toList(), what);
        for (int i = 0; i < meant.size(); i++)
        {
            if (null != meant.get(i).value())
            {
                assertEquals(meant.get(i).value(), sent.get(i).value(), what);
            }
        }
    }

    private static List<Meant> form(final String text, final boolean isPercent)
    {
        final List<Meant> fields = new ArrayList<>();
        for (final String parameter : text.isEmpty() ? new String[0] : text.split("&", -1))
        {
            final String[] parts = parameter.split("=", -1);
            assertEquals(2, parts.length, parameter);
            fields.add(new Meant(parts[0], isPercent ?
                URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : parts[1]));
        }
        return fields;
    }

    /** The object of the fields: the body, or the deepest object of a message. */
    private List<Meant> json(final VenueOperation tested)
    {
        Object value = Json.parse(request.body().toString());
        if (null != tested.operation().message())
        {
            Object inside = value;
            while (null != inside)
            {
                value = inside;
                inside = nested((List<?>) value);
            }
        }
        final List<Meant> fields = new ArrayList<>();
        for (final Object member : (List<?>) value)
        {
            final Json.Member named = (Json.Member) member;
            fields.add(new Meant(named.name(), single(named.value())));
        }
        return fields;
    }

    private static String single(final Object value)
    {
        if (value instanceof final List<?> list)
        {
            assertEquals(1, list.size());
            return single(list.getFirst());
        }
        return value instanceof final Json.Bare bare ? bare.text() : (String) value;
    }

    private static Object nested(final List<?> members)
    {
        for (final Object member : members)
        {
            final Object value = member instanceof final Json.Member named ? named.value() : member;
            if (value instanceof final List<?> list && !list.isEmpty())
            {
                return list;
            }
        }
        return null;
    }

    private List<Meant> fix()
    {
        final String message = request.body().toString();
        assertTrue(message.endsWith("\u0001"));
        final List<Meant> fields = new ArrayList<>();
        for (final String field : message.substring(0, message.length() - 1).split("\u0001", -1))
        {
            final int equals = field.indexOf('=');
            fields.add(new Meant(field.substring(0, equals), field.substring(equals + 1)));
        }
        final int bodyStart = message.indexOf('\u0001', message.indexOf("\u00019=") + 1) + 1;
        final int bodyEnd = message.lastIndexOf("\u000110=") + 1;
        assertEquals("8", fields.removeFirst().name());
        final Meant length = fields.removeFirst();
        assertEquals("9", length.name());
        assertEquals(bodyEnd - bodyStart, Integer.parseInt(length.value()));
        final Meant checkSum = fields.removeLast();
        assertEquals("10", checkSum.name());
        assertEquals(String.format("%03d", message.substring(0, bodyEnd).chars().sum() % 256), checkSum.value());
        return fields;
    }

    private void checkPath(final VenueOperation tested, final Supplier<String> what)
    {
        final String path = request.path().toString();
        assertTrue(PATH.matcher(path).matches(), what);
        for (final String segment : path.split("/", -1))
        {
            assertFalse(segment.equals(".") || segment.equals(".."), what);
        }
        assertFalse(path.toUpperCase(Locale.ROOT).contains("%2F"), what);
    }

    private void checkHeaders(final Supplier<String> what)
    {
        for (final String line : request.headers().toString().split("\n"))
        {
            assertTrue(line.isEmpty() || HEADER.matcher(line).matches(), what);
        }
    }

    /** What was signed is what is sent. */
    private void checkSigned(
        final VenueOperation tested, final List<Meant> meant, final String signed, final Supplier<String> what)
    {
        if (tested.operation().sign().getFirst() instanceof final Part.Fields again && again.as().isForm())
        {
            assertFields(meant.stream().filter((field) -> !"signature".equals(field.name())).toList(),
                form(signed, again.isPercent()), what);
        }
        for (final Part part : tested.operation().sign())
        {
            if (part instanceof final Part.Piece piece && Part.RequestPiece.BODY == piece.piece() &&
                FieldsIn.JSON == tested.operation().fieldsIn())
            {
                assertTrue(signed.contains(request.body().toString()));
            }
            if (part instanceof final Part.Piece piece && Part.RequestPiece.PATH == piece.piece())
            {
                assertTrue(signed.contains(request.path().toString()));
            }
        }
    }

    /** Puts hostile pieces into one text or several; returns whether there was one. */
    private boolean poison(final Map<FieldSource, byte[]> fields)
    {
        boolean isHostile = false;
        for (final FieldSource source : List.copyOf(fields.keySet()))
        {
            if (Kind.TEXT == source.kind() && random.nextInt(3) == 0)
            {
                final byte[] piece = HOSTILE.get(random.nextInt(HOSTILE.size()));
                final byte[] text = fields.get(source);
                final int at = random.nextInt(text.length + 1);
                final ByteBuffer poisoned = ByteBuffer.allocate(text.length + piece.length);
                poisoned.put(text, 0, at).put(piece).put(text, at, text.length - at);
                fields.put(source, random.nextInt(4) == 0 ? piece : poisoned.array());
                isHostile = true;
            }
        }
        return isHostile;
    }

    private static String text(final Map<FieldSource, byte[]> fields)
    {
        final StringBuilder text = new StringBuilder();
        fields.forEach((source, bytes) -> text.append(source.configName()).append('=')
            .append(new String(bytes, StandardCharsets.UTF_8)).append(Arrays.toString(bytes)).append(' '));
        return text.toString();
    }

    private static List<byte[]> hostile()
    {
        final List<byte[]> pieces = new ArrayList<>();
        for (int b = 0; b < 256; b++)
        {
            pieces.add(new byte[]{(byte) b});
        }
        for (final String text : List.of("&side=SELL", "=", "&", "%26side%3DSELL", "%00", "+", "#", "?x=1", "\n",
            "\r\nX: y", "\u0001" + "54=2", "\u000154=2\u0001", "\",\"side\":\"SELL", "\"}", "\\", "\\\"", "\\u0022",
            "{", "}", "/", "..", ".", "/../", "%2e%2e", "%2F", ";", ",", "'", "<", " ", "  ", "\t", "\u0000",
            "\u007F", "\u0085", "\u00A0", "\u00E9", "\u2028", "\uFF06", "\uFF1D", "\uFEFF", "\uD83D\uDE00", "\u202E",
            "x".repeat(40)))
        {
            pieces.add(text.getBytes(StandardCharsets.UTF_8));
        }
        pieces.add(new byte[]{(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        pieces.add(new byte[]{(byte) 0xC0, (byte) 0xA6});
        pieces.add(new byte[]{(byte) 0xE0, (byte) 0x80, (byte) 0xA6});
        pieces.add(new byte[]{(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80});
        pieces.add(new byte[]{(byte) 0xF0, (byte) 0x9F, (byte) 0x98});
        return pieces;
    }
}
