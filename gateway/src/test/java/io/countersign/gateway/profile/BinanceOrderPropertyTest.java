package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.Stamp;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares with a second implementation that is as plain as can be: strings, BigDecimal, URLEncoder. */
class BinanceOrderPropertyTest
{
    private static final int TRIES = 20_000;
    private static final long TIMESTAMP_MS = 1_499_827_319_559L;

    private static final List<String> NEW_ORDER = List.of(
        "symbol", "side", "type", "timeInForce", "quantity", "quoteOrderQty", "price", "newClientOrderId", "strategyId",
        "strategyType", "stopPrice", "trailingDelta", "icebergQty", "newOrderRespType", "selfTradePreventionMode",
        "recvWindow", "timestamp");
    private static final List<String> CANCEL_ORDER = List.of(
        "symbol", "orderId", "origClientOrderId", "newClientOrderId", "cancelRestrictions", "recvWindow", "timestamp");
    private static final List<String> QUERY_ORDER = List.of(
        "symbol", "orderId", "origClientOrderId", "recvWindow", "timestamp");
    private static final List<String> QUERY_ACCOUNT = List.of("omitZeroBalances", "recvWindow", "timestamp");

    private final Venue venue = VenueProfiles.shipped().byName("binance-spot");
    private final VenueKey key = VenueKey.builder("apiKey", KeyAlgorithm.RSA_2048, SignatureEncoding.BASE64).build();
    private final Stamp stamp = new Stamp().set(TIMESTAMP_MS * 1_000_000, 0);
    private final VenueRequest request = new VenueRequest();
    private final BinanceFrames frames = new BinanceFrames();
    private final Seed seed = new Seed();
    private final Random random = seed.random();

    @ParameterizedTest
    @EnumSource(value = Operation.class, names = {"NEW_ORDER", "CANCEL_ORDER", "QUERY_ORDER", "QUERY_ACCOUNT"})
    void shouldWriteWhatAPlainImplementationWrites(final Operation operation)
    {
        int written = 0;
        for (int i = 0; i < TRIES; i++)
        {
            final Map<String, String> fields = fields(operation);
            final Reason expected = reason(operation, fields);
            final Order order = frames.order(operation, fields);
            final int reason = venue.build(order, key, stamp, request);

            assertEquals(expected, Reason.get(reason), () -> fields + seed.get());
            assertEquals(expected == Reason.NONE, request.isBuilt(), seed);
            if (expected == Reason.NONE)
            {
                written++;
                assertEquals(query(fields), request.payload().toString(), seed);
                assertEquals(fields, parsed(request.query().toString()), seed);
            }
            else
            {
                assertEquals(0, request.payload().length(), seed);
                assertEquals(0, request.query().length(), seed);
            }
        }
        assertTrue(written > TRIES / 20, "only " + written + " orders were good");
    }

    @Test
    void shouldKeepTheStructureOfTheQueryWhateverASymbolHolds()
    {
        for (int i = 0; i < 100_000; i++)
        {
            final byte[] symbol = hostile();
            final Map<String, String> fields = new LinkedHashMap<>();
            fields.put("symbol", "placeholder");
            fields.put("orderId", "1");
            fields.put("timestamp", Long.toString(TIMESTAMP_MS));
            final Order order = frames.order(Operation.QUERY_ORDER, fields, symbol);
            final String text = wellFormed(symbol);
            final int reason = venue.build(order, key, stamp, request);

            if (text == null)
            {
                assertEquals(Reason.FIELD_INVALID, Reason.get(reason), () -> Arrays.toString(symbol) + seed.get());
                assertFalse(request.isBuilt());
            }
            else
            {
                assertEquals(Reason.NONE, Reason.get(reason), () -> Arrays.toString(symbol) + seed.get());
                fields.put("symbol", text);
                assertEquals(fields, parsed(request.payload().toString()), seed);
                assertTrue(request.payload().toString().matches("[A-Za-z0-9._~%=&-]*"), seed);
            }
        }
    }

    @Test
    void shouldKeepTheStructureOfTheQueryWhateverASignatureHolds()
    {
        final Map<String, String> fields = Map.of("timestamp", Long.toString(TIMESTAMP_MS));
        for (int length = 1; length <= 600; length++)
        {
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            final Order order = frames.order(Operation.QUERY_ACCOUNT, fields, new byte[0]);
            assertEquals(0, venue.build(order, key, stamp, request));
            assertEquals(0, venue.finish(request, key, new UnsafeBuffer(bytes), 0, length));
            final Map<String, String> parsed = parsed(request.query().toString());
            assertEquals(Base64.getEncoder().encodeToString(bytes), parsed.get("signature"), seed);
            assertEquals(2, parsed.size(), seed);
        }
    }

    private Map<String, String> fields(final Operation operation)
    {
        final Map<String, String> fields = new LinkedHashMap<>();
        for (final String name : names(operation))
        {
            final boolean always = List.of("side", "type", "timestamp").contains(name);
            if (always || random.nextInt(name.equals("symbol") ? 50 : 3) != 0)
            {
                fields.put(name, value(name));
            }
        }
        return fields;
    }

    private String value(final String name)
    {
        switch (name)
        {
            case "side":
                return oneOf("BUY", "SELL");
            case "type":
                return oneOf("LIMIT", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT",
                    "LIMIT_MAKER");
            case "timeInForce":
                return oneOf("GTC", "IOC", "FOK");
            case "newOrderRespType":
                return oneOf("ACK", "RESULT", "FULL");
            case "selfTradePreventionMode":
                return oneOf("NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT", "TRANSFER");
            case "cancelRestrictions":
                return oneOf("ONLY_NEW", "ONLY_PARTIALLY_FILLED");
            case "omitZeroBalances":
                return oneOf("true", "false");
            case "timestamp":
                return Long.toString(TIMESTAMP_MS);
            case "recvWindow":
                return oneOf("1", "5000", "60000", "60000", "1", Integer.toString(random.nextInt(70_000) - 1));
            case "orderId", "trailingDelta":
                return Long.toString(random.nextInt(40) == 0 ? -random.nextInt(2) : random.nextLong() >>> 1);
            case "strategyId":
                return Long.toString(Math.max(random.nextLong(), Long.MIN_VALUE + 1));
            case "strategyType":
                return Integer.toString(Math.max(random.nextInt(), Integer.MIN_VALUE + 1));
            case "symbol", "newClientOrderId", "origClientOrderId":
                return text();
            default:
                return decimal();
        }
    }

    private String decimal()
    {
        final long mantissa = random.nextInt(60) == 0 ?
            -random.nextInt(2) : (random.nextLong() >>> 2 + random.nextInt(60)) + 1;
        return new BigDecimal(BigInteger.valueOf(mantissa), random.nextInt(19)).toPlainString();
    }

    private String text()
    {
        final StringBuilder text = new StringBuilder();
        final String alphabet = "ABCXYZabcxyz019-_.~ &=%+/?#*'\"\\\u00e9\uFF11\u20ac\u00a0";
        final int length = 1 + random.nextInt(20);
        for (int i = 0; i < length; i++)
        {
            text.append(random.nextInt(40) == 0 ?
                Character.toString(0x1F600 + random.nextInt(50)) :
                Character.toString(alphabet.charAt(random.nextInt(alphabet.length()))));
        }
        if (random.nextInt(60) == 0)
        {
            text.append((char) oneOf(0, 10, 1, 31, 127, 128, 159));
        }
        final String whole = text.toString();
        return BinanceFrames.utf8(whole).length <= 64 ? whole : "BTCUSDT";
    }

    private byte[] hostile()
    {
        final byte[][] pieces = {
            {'&'}, {'='}, {'%'}, {'\n'}, {1}, {0}, {'+'}, {' '},
            {(byte) 0xC0, (byte) 0xA6}, {(byte) 0xE0, (byte) 0x80, (byte) 0xA6},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xC2, (byte) 0x85}, {(byte) 0xC2, (byte) 0xA0}, {(byte) 0xFF},
            {(byte) 0x80}, {(byte) 0xE2, (byte) 0x82},
            BinanceFrames.utf8("&signature=0"), BinanceFrames.utf8("%26"), BinanceFrames.utf8("\u20ac"),
            BinanceFrames.utf8(Character.toString(0x1F600)), BinanceFrames.utf8("\uFF11"), BinanceFrames.utf8("BTC")};
        final ByteBuffer symbol = ByteBuffer.allocate(64);
        final boolean anyBytes = random.nextInt(4) == 0;
        for (int count = 1 + random.nextInt(anyBytes ? 6 : 22); count > 0; count--)
        {
            final byte[] any = {(byte) random.nextInt()};
            final byte[] piece = anyBytes ? any : pieces[random.nextInt(3) == 0 ?
                random.nextInt(pieces.length) : pieces.length - 1 - random.nextInt(6)];
            if (piece.length <= symbol.remaining())
            {
                symbol.put(piece);
            }
        }
        return Arrays.copyOf(symbol.array(), symbol.position());
    }

    private static String wellFormed(final byte[] bytes)
    {
        try
        {
            final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.chars().anyMatch(Character::isISOControl) ? null : text;
        }
        catch (final CharacterCodingException ex)
        {
            return null;
        }
    }

    private static Reason reason(final Operation operation, final Map<String, String> f)
    {
        final List<String> missing = new ArrayList<>();
        if (operation == Operation.NEW_ORDER)
        {
            missing.addAll(List.of("symbol"));
            final String type = f.get("type");
            if (type.equals("MARKET"))
            {
                missing.add(f.containsKey("quoteOrderQty") ? "quoteOrderQty" : "quantity");
            }
            else
            {
                missing.add("quantity");
            }
            if (type.equals("LIMIT") || type.endsWith("_LIMIT"))
            {
                missing.addAll(List.of("timeInForce", "price"));
            }
            if (type.equals("LIMIT_MAKER"))
            {
                missing.add("price");
            }
            if (type.startsWith("STOP_LOSS") || type.startsWith("TAKE_PROFIT"))
            {
                missing.add(f.containsKey("trailingDelta") ? "trailingDelta" : "stopPrice");
            }
        }
        else if (operation != Operation.QUERY_ACCOUNT)
        {
            missing.addAll(List.of("symbol", f.containsKey("orderId") ? "orderId" : "origClientOrderId"));
        }
        missing.removeAll(f.keySet());
        if (!missing.isEmpty())
        {
            return Reason.FIELD_MISSING;
        }
        final boolean decimalsPositive = f.entrySet().stream()
            .filter((e) -> List.of("quantity", "quoteOrderQty", "price", "stopPrice", "icebergQty", "trailingDelta")
                .contains(e.getKey()))
            .allMatch((e) -> new BigDecimal(e.getValue()).signum() > 0);
        final int recvWindow = Integer.parseInt(f.getOrDefault("recvWindow", "1"));
        final boolean texts = f.values().stream().noneMatch((v) -> v.chars().anyMatch(Character::isISOControl));
        return decimalsPositive && texts && recvWindow >= 1 && recvWindow <= 60_000 &&
            !f.getOrDefault("orderId", "1").startsWith("-") &&
            !(f.containsKey("quantity") && f.containsKey("quoteOrderQty")) ? Reason.NONE : Reason.FIELD_INVALID;
    }

    private static String query(final Map<String, String> fields)
    {
        final List<String> parameters = new ArrayList<>();
        fields.forEach((name, value) -> parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)
            .replace("+", "%20").replace("*", "%2A").replace("%7E", "~")));
        return String.join("&", parameters);
    }

    private static Map<String, String> parsed(final String query)
    {
        final Map<String, String> parameters = new LinkedHashMap<>();
        for (final String parameter : query.split("&"))
        {
            final String[] parts = parameter.split("=", -1);
            assertEquals(2, parts.length, query);
            assertEquals(null, parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8)), query);
        }
        return parameters;
    }

    private static List<String> names(final Operation operation)
    {
        switch (operation)
        {
            case NEW_ORDER:
                return NEW_ORDER;
            case CANCEL_ORDER:
                return CANCEL_ORDER;
            case QUERY_ORDER:
                return QUERY_ORDER;
            default:
                return QUERY_ACCOUNT;
        }
    }

    private String oneOf(final String... choices)
    {
        return choices[random.nextInt(choices.length)];
    }

    private int oneOf(final int... choices)
    {
        return choices[random.nextInt(choices.length)];
    }
}
