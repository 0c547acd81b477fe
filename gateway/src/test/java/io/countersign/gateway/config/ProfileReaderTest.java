package io.countersign.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.Venue;
import io.countersign.venues.profile.CodeSchemes;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileCompiler;
import io.countersign.venues.profile.ProfileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class ProfileReaderTest
{
    private static final String GOOD = """
        profile: 1
        venue: acme
        title: Acme
        source: [its documentation]
        hosts: [api.acme.example]
        binding: A
        keys:
          HMAC-SHA256: {secret: text, signature: hex}
        passphrase: required
        parameters:
          account: {values: [main, sub], default: main}
        time: ms
        nonce: {kind: counter, unit: us}
        receive-window: {default-ms: 5000, max-ms: 60000}
        sign: [timestamp, method, path, "?query", body]
        headers:
          X-Key: [api-key]
          X-Sign: [signature]
        operations:
          new-order:
            method: POST
            path: ["/order"]
            fields-in: json
            fields:
              - {name: pair, from: symbol, required: true, characters: "A-Z"}
              - {name: side, from: side, required: true, values: {buy: B, sell: S}}
              - {name: type, from: order-type, required: true, values: {limit: L, market: M}}
              - {name: amount, from: quantity, required: true, max-decimals: 8}
              - {name: price, from: price, required-for: [limit], only-for: [limit]}
              - {name: account, from: parameter.account}
              - {name: nonce, from: nonce, json: number}
              - {name: post, value: "true", json: boolean, only-for: [limit]}
          cancel-order:
            method: DELETE
            path: ["/order/", {field: order-id}]
          query-orders:
            method: GET
            path: ["/orders"]
            fields-in: query
            fields:
              - {name: pair, from: symbol}
            one-of: [[symbol]]
          login:
            method: MESSAGE
            privileged: session
            sign: [{text: "login\\n"}, timestamp]
            message: [{text: '{"sign":"'}, signature, {text: '"}'}]
        """;

    @Test
    void shouldReadAProfile() throws Exception
    {
        final Venue venue = compile(GOOD);
        assertEquals("acme", venue.name());
        assertEquals("account", venue.parameters().getFirst().name());
        assertEquals(1_000, venue.nonce().unitNs());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldSayWhatIsWrongAndWhere(final String good, final String bad, final String where, final String what)
    {
        assertTrue(GOOD.contains(good), good);
        final String text = GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));
        final ProfileException ex = assertThrows(ProfileException.class, () -> compile(text));
        final String messages = String.join("\n", ex.messages());
        assertTrue(ex.messages().stream().anyMatch((message) ->
            message.startsWith("acme.yaml:" + where + ": ") && message.contains(what)), messages);
        ex.messages().forEach((message) -> assertFalse(message.contains("\n"), message));
    }

    static Stream<Arguments> mistakes()
    {
        return Stream.of(
            // What the reader finds.
            Arguments.of("profile: 1", "profile: 2", "1:10", "from 1 to 1"),
            Arguments.of("venue: acme", "venue: Acme Inc", "2:8", "expected a name of a-z"),
            Arguments.of("binding: A", "binding: F", "6:10", "expected A, B, C, D or E"),
            Arguments.of("hosts: [api.acme.example]", "hosts: [\"a b\"]", "5:9", "host names"),
            Arguments.of("HMAC-SHA256", "HMAC-MD5", "8:13", "no algorithm"),
            Arguments.of("secret: text", "secret: rot13", "8:25", "text, base64 or hex"),
            Arguments.of("HMAC-SHA256", "Ed25519", "8:21", "no secret at the venue"),
            Arguments.of("time: ms", "time: minutes", "12:7", "expected s, ms"),
            Arguments.of("time: ms", "thyme: ms", "12:1", "unknown field 'thyme'"),
            Arguments.of("kind: counter, unit: us", "kind: counter", "13:8", "no 'unit'"),
            Arguments.of("max-ms: 60000", "max-ms: 0", "14:44", "from 1 to 3600000"),
            Arguments.of("[timestamp, method", "[thyme, method", "15:8", "'thyme' is no part"),
            Arguments.of("new-order:", "new-ordre:", "21:5", "no operation"),
            Arguments.of("method: POST", "method: PATCH", "21:13", "GET, POST, PUT, DELETE or MESSAGE"),
            Arguments.of("fields-in: json", "fields-in: xml", "23:16", "query, form, json, fix or none"),
            Arguments.of("from: symbol, req", "from: symbl, req", "25:28", "expected a source"),
            Arguments.of("from: parameter.account", "from: parameter.acount", "30:31", "parameter.account"),
            Arguments.of("values: {buy: B", "values: {bye: B", "26:64", "'bye' is no side"),
            Arguments.of("characters: \"A-Z\"", "characters: \"Z-A\"", "25:64", "ranges of printable ASCII"),
            Arguments.of("max-decimals: 8", "max-decimals: 19", "28:70", "from 0 to 18"),
            Arguments.of("max-decimals: 8", "max-length: 8", "28:56", "unknown field 'max-length'"),
            Arguments.of("required-for: [limit]", "required-for: [limt]", "29:51", "expected a list of order types"),
            Arguments.of("{text: \"login\\n\"}", "{txt: \"login\"}", "46:12", "expected a part with 'text'"),
            Arguments.of("value: \"true\", json", "value: \"true\", from: side, json", "32:16", "expected one of them"),
            Arguments.of("one-of: [[symbol]]", "one-of: [[timestamp]]", "42:15", "no field of orders"),
            // What the compiler finds.
            Arguments.of("[timestamp, method, path", "[timestamp, path", "21:5", "its method is not signed"),
            Arguments.of("\"?query\", body]", "body]", "37:5", "its query is not signed"),
            Arguments.of("\"?query\", body]", "\"?query\"]", "21:5", "its body is not signed"),
            Arguments.of("method, path, \"?query\"", "method, \"?query\"", "21:5", "its path is not signed"),
            Arguments.of("\"?query\", body]", "\"?query\", body, signature]", "15:49",
                "cannot stand in what is signed"),
            Arguments.of("signature: hex", "signature: raw", "1:1", "which no text can hold"),
            Arguments.of("signature: hex", "signature: der", "1:1", "of ECDSA keys only"),
            Arguments.of("name: pair, from: symbol, required", "name: pair, from: stop-price, required", "25:56",
                "unknown"),
            Arguments.of("{field: order-id}", "{field: price}", "35:23", "no field of cancel-order"),
            Arguments.of("{field: order-id}", "signature", "35:23", "the signature cannot stand"),
            Arguments.of("path: [\"/order/\"", "path: [{text: \"order/\"}", "35:12", "does not begin with a slash"),
            Arguments.of("path: [\"/orders\"]", "path: [\"/orders?all=1\"]", "38:12", "cannot stand here"),
            Arguments.of("name: pair, from: symbol}", "name: \"pair&x\", from: symbol}", "41:9", "no name of a field"),
            Arguments.of("name: account, from", "name: price, from", "30:9", "stands twice for one order type"),
            Arguments.of("value: \"true\"", "value: \"yes\"", "32:9", "something else than a JSON boolean"),
            Arguments.of("max-decimals: 8", "json: boolean", "28:9", "something else than a JSON boolean"),
            Arguments.of("{name: side, from: side, required: true, values: {buy: B, sell: S}}",
                "{name: side, from: side, required: true}", "26:9", "has no 'values'"),
            Arguments.of("nonce: {kind: counter, unit: us}\n", "", "30:9", "the profile has no nonce"),
            Arguments.of("{name: account, from: parameter.account}", "{name: id, from: passphrase, max: 1}", "30:38",
                "unknown field 'max'"),
            Arguments.of("privileged: session", "binding: E", "44:5", "expected 'privileged: session'"),
            Arguments.of("method: DELETE", "method: DELETE\n    privileged: session", "34:5", "that of login only"),
            Arguments.of("  query-orders:", "  transact:", "37:5", "expected that of a scheme in code only"),
            Arguments.of("name: pair, from: symbol}", "name: pair, from: good-til-block}", "41:9",
                "no field of query-orders"),
            Arguments.of("method: GET", "method: MESSAGE", "37:5", "has a path"),
            Arguments.of("one-of: [[symbol]]", "one-of: [[price]]", "42:14", "no field is from"),
            Arguments.of("one-of: [[symbol]]", "equivalents: [query-orders]", "37:5", "another operation"),
            Arguments.of("X-Sign: [signature]", "X Sign: [signature]", "18:11", "no name of a header"),
            Arguments.of("X-Sign: [signature]", "X-Sign: [{hash: SHA-256, as: raw, of: [body]}]", "18:12",
                "a raw digest"),
            Arguments.of("\"?query\", body]", "\"?query\", {hash: SHA-256, as: hex, of: [{hash: SHA-512, as: hex, " +
                "of: [body]}]}]", "15:43", "a hash of hashes"));
    }

    @Test
    void shouldTellEveryMistakeAtOnce()
    {
        final ProfileException ex = assertThrows(ProfileException.class, () -> compile(GOOD
            .replace("binding: A", "binding: F").replace("time: ms", "time: never").replace("method: DELETE",
                "method: PATCH")));
        assertEquals(3, ex.messages().size(), ex::getMessage);
    }

    @Test
    void shouldRefuseASchemeThatNobodyKnows()
    {
        final ProfileException ex = assertThrows(ProfileException.class, () -> compile("""
            profile: 1
            venue: acme
            hosts: [acme.example]
            binding: A
            scheme: magic
            keys: {Ed25519: {signature: raw}}
            operations: {new-order: {}}
            """));
        assertTrue(ex.getMessage().startsWith("acme.yaml:1:1: scheme 'magic' is unknown"), ex.getMessage());
    }

    /** Whatever a file holds, reading it ends with a profile or with lines for people. */
    @Test
    void shouldFailInNoOtherWay()
    {
        final long seed = Long.getLong("countersign.test.seed", System.nanoTime());
        final Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++)
        {
            final StringBuilder text = new StringBuilder(GOOD);
            for (int change = 1 + random.nextInt(4); change > 0; change--)
            {
                final int at = random.nextInt(text.length());
                final int end = Math.min(text.length(), at + random.nextInt(12));
                final int from = random.nextInt(GOOD.length());
                text.replace(at, end, GOOD.substring(from, Math.min(GOOD.length(), from + random.nextInt(12))));
            }
            try
            {
                assertNotNull(compile(text.toString()));
            }
            catch (final ProfileException ex)
            {
                assertFalse(ex.messages().isEmpty());
            }
            catch (final RuntimeException ex)
            {
                throw new AssertionError("[-Dcountersign.test.seed=" + seed + "] " + text, ex);
            }
        }
    }

    @Test
    void shouldShipEveryProfileThatThisBuildCanUse() throws Exception
    {
        final Path directory = Path.of(System.getProperty("countersign.root"),
            "venues/src/main/resources/io/countersign/venues/profiles");
        final List<String> usable = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory))
        {
            for (final Path file : entries.filter((path) -> path.toString().endsWith(".yaml")).sorted().toList())
            {
                final Profile profile = ProfileReader.read(file);
                assertEquals(profile.name() + ".yaml", file.getFileName().toString());
                if (Profile.PROFILE_SCHEME.equals(profile.scheme()) || null != CodeSchemes.byName(profile.scheme()))
                {
                    usable.add(profile.name());
                }
            }
        }
        Collections.sort(usable);
        assertEquals(String.join(", ", usable), VenueProfiles.shipped().names());
        VenueProfiles.shipped().all().forEach((venue) -> assertTrue(usable.contains(venue.name()), venue.name()));
    }

    private static Venue compile(final String text) throws ProfileException
    {
        return ProfileCompiler.compile(ProfileReader.of(Path.of("acme.yaml"), text));
    }
}
