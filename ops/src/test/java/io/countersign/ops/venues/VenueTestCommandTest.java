package io.countersign.ops.venues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.gateway.config.VenueProfiles;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class VenueTestCommandTest
{
    @TempDir
    private Path directory;
    private Path profile;
    private Path vectors;

    @BeforeEach
    void setUp() throws IOException
    {
        profile = Files.writeString(directory.resolve("acme.yaml"), VectorFiles.resource("examples/acme.yaml"));
        vectors = Files.writeString(
            directory.resolve("acme-vectors.json"), VectorFiles.resource("examples/acme-vectors.json"));
    }

    @Test
    void shouldDoWhatTheDocumentationSaysWithItsOwnFiles() throws IOException
    {
        final String text =
            Files.readString(Path.of(System.getProperty("countersign.root"), "docs", "venues.md"));
        final String section = text.substring(text.indexOf("## Add a venue"));
        assertEquals(VectorFiles.resource("examples/acme.yaml"), fenced(section, "yaml"));
        Files.writeString(profile, fenced(section, "yaml"));
        Files.writeString(vectors, "[" + fenced(section, "json") + "]");
        final String command = fenced(section.substring(section.indexOf("**4. Test.**")), "");
        assertEquals("countersign venue test acme.yaml acme-vectors.json\n", command);

        final CommandRun run = CommandRun.of("venue", "test", profile, vectors);
        assertEquals(0, run.exitCode(), run.err() + run.out());
        assertEquals(List.of(
            "ok  acme.order  new-order: 141 signed bytes, HMAC-SHA256 signature",
            "acme: 1 vector, 1 ok, 0 different, 0 not described"), run.lines());
        assertTrue(section.contains(run.lines().getFirst()), "the documentation shows the output");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        afafb09c      | afafb09d   | another signature
        "0.50"        | "0.5"      | other bytes are signed
        "amount", "   | "amount", " | ok
        BTC-EUR       | btc-eur    | the profile refuses symbol (FIELD_INVALID)
        "ASK"         | "HOLD"     | 'side' is 'HOLD'; the profile writes one of [BID, ASK]
        "ref"         | "reference" | the profile has no field 'reference' in new-order
        "95000.10"    | "9.5e4"    | price is '9.5e4'; expected a plain decimal number
        "hex"         | "base64"   | ok
        1750000000000 | 1750000000 | other bytes are signed
        """)
    void shouldSayWhatDiffers(final String good, final String bad, final String what) throws IOException
    {
        final String text = Files.readString(vectors);
        assertTrue(text.contains(good), good);
        Files.writeString(vectors, text.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad)));
        final CommandRun run = CommandRun.of("venue", "test", profile, vectors);
        assertEquals("ok".equals(what) ? 0 : 1, run.exitCode(), run.err() + run.out());
        final String line = run.lines().getFirst();
        assertTrue(line.startsWith("ok".equals(what) ? "ok  acme.order" : "DIFFERENT  acme.order  ") &&
            ("ok".equals(what) || line.contains(what)), run.out());
        assertFalse(run.out().contains("b25seSBhbiBleGFtcGxl"), "a key is printed");
    }

    @Test
    void shouldShowWhereBytesDiffer() throws IOException
    {
        Files.writeString(profile, Files.readString(profile).replace("body]", "path, body]"));
        final CommandRun run = CommandRun.of("venue", "test", profile, vectors);
        assertEquals(1, run.exitCode());
        assertEquals(List.of(
            "    what is signed differs from byte 31 on (the vector has 141 bytes, the profile writes 151)",
            "    vector:  ...0000002000POST/v1/orders >> {\"market\":\"BTC-EUR\",\"side\":\"ASK\",\"type\":...",
            "    profile: ...0000002000POST/v1/orders >> /v1/orders{\"market\":\"BTC-EUR\",\"side\":\"AS..."),
            run.lines().subList(1, 4), run.out());
    }

    @Test
    void shouldTellWhatIsWrongWithAProfileOrAFile() throws IOException
    {
        final CommandRun none = CommandRun.of("venue", "test", "acne", vectors);
        assertEquals(2, none.exitCode());
        assertTrue(none.error().startsWith("countersign: acne is neither a file nor a venue that comes with"));

        final CommandRun unreadable = CommandRun.of("venue", "test", profile, directory.resolve("none.json"));
        assertEquals(2, unreadable.exitCode());
        assertTrue(unreadable.error().endsWith("none.json cannot be read: there is no such file"), unreadable.err());

        Files.writeString(vectors, "[{\"id\": \"a\",]");
        final CommandRun broken = CommandRun.of("venue", "test", profile, vectors);
        assertEquals(2, broken.exitCode());
        assertTrue(broken.error().contains("acme-vectors.json:1:13: not JSON: "), broken.err());

        Files.writeString(profile, Files.readString(profile).replace("binding: A", "binding: Z")
            .replace("from: symbol", "from: symbols"));
        final CommandRun mistakes = CommandRun.of("venue", "test", profile, vectors);
        assertEquals(2, mistakes.exitCode());
        assertTrue(mistakes.err().lines().findFirst().orElse("").startsWith(profile + ":8:10: "), mistakes.err());
        assertTrue(mistakes.err().contains("mistakes: a gateway would refuse it"), mistakes.err());
    }

    @Test
    void shouldNotPassWhenNothingWasTested() throws IOException
    {
        Files.writeString(vectors, Files.readString(vectors).replace("HMAC-SHA256", "Ed25519"));
        final CommandRun run = CommandRun.of("venue", "test", profile, vectors);
        assertEquals(2, run.exitCode());
        assertTrue(run.lines().getFirst()
            .startsWith("not described  acme.order  the profile takes no keys of Ed25519"), run.out());
        assertTrue(run.error().startsWith("countersign: nothing was tested: acme describes none of"), run.err());
    }

    @Test
    void shouldTakeATypedOrderAndATextForANonce() throws IOException
    {
        Files.writeString(vectors, """
            {"id": "one", "operation": "new-order", "algorithm": "HMAC-SHA256", "timestamp": "1576074319000",
             "api_key": "apiKey", "nonce": "1iqt2wls",
             "order": {"symbol": "BTC-PERPETUAL", "side": "buy", "order-type": "limit", "price": "50000",
                       "quantity": "10", "client-order-id": "hsm-0001"},
             "canonical_payload": "1576074319000\\n1iqt2wls\\nGET\\n/api/v2/private/buy?amount=10&instrument_name=\
            BTC-PERPETUAL&label=hsm-0001&price=50000&type=limit\\n\\n"}
            """);
        final CommandRun run = CommandRun.of("venue", "test", "deribit", vectors);
        assertEquals("ok  one  new-order: 126 signed bytes", run.lines().getFirst(), run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void shouldListAndShowVenues()
    {
        final CommandRun list = CommandRun.of("venue", "list");
        assertEquals(0, list.exitCode());
        assertEquals(VenueProfiles.shipped().all().size(), list.lines().size());
        assertTrue(list.lines().contains("okx-v5                 A  OKX V5 REST and WebSocket login"), list.out());

        final CommandRun show = CommandRun.of("venue", "show", "bybit-v5");
        assertEquals(0, show.exitCode(), show.err());
        assertTrue(show.lines().contains("cancel-order: class C, also valid as cancel-all"), show.out());
        assertEquals(0, CommandRun.of("venue", "show", profile).exitCode());
        assertEquals(2, CommandRun.of("venue", "show", "acne").exitCode());
    }

    private static String fenced(final String text, final String language)
    {
        final Matcher matcher =
            Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(text);
        assertTrue(matcher.find(), "no example of " + language);
        return matcher.group(1);
    }
}
