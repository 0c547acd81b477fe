package io.countersign.gateway.config;

import io.countersign.hsm.PinSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TokenSectionTest
{
    private static final Path FILE = Path.of("conf", "gateway.yaml");
    private static final String GOOD = """
        gateway: {ingresses: [{name: "ipc:bots", aeron-directory: aeron}], journal-directory: journal}
        tokens:
          - {name: near, module: /usr/lib/a.so, label: trading, pin-file: pin}
          - {name: far.2, module: b.so, label: trading, pin-file: secrets/pin}
          - {name: spare, module: b.so, label: other, pin-file: pin}
        authentication:
          master-key: {alias: master, token: near, id: "0f", check-value: ffeeddccbbaa99887766554433221100}
        keys:
          - {alias: one, token: far.2, id: "0f", algorithm: HMAC-SHA256, venue: binance-spot, api-key: a,
             check-value: 000102030405060708090a0b0c0d0e0f}
          - {alias: two, token: near, id: "01", algorithm: HMAC-SHA256, venue: binance-spot, api-key: b,
             check-value: 000102030405060708090a0b0c0d0e0f}
        policy: policy.yaml
        """;

    private static final String LIST = "(?s)tokens:.*?(?=authentication)";

    @Test
    void shouldReadWhichTokenEachKeyIsIn() throws Exception
    {
        final GatewayConfig config = ConfigReader.of(FILE, GOOD);
        final Path base = FILE.toAbsolutePath().getParent();
        assertEquals(List.of(
            new TokenConfig("near", Path.of("/usr/lib/a.so"), "trading", PinSource.file(base.resolve("pin"))),
            new TokenConfig(
                "far.2", base.resolve("b.so"), "trading", PinSource.file(base.resolve("secrets/pin"))),
            new TokenConfig("spare", base.resolve("b.so"), "other", PinSource.file(base.resolve("pin")))),
            config.tokens());
        assertEquals("near", config.masterToken().name());
        assertEquals(List.of("far.2", "near"), config.keys().stream().map(KeyConfig::token).toList());
        assertEquals(List.of(config.keys().getFirst()), config.keysIn(config.tokens().get(1)));
        assertEquals(List.of("spare"), config.unusedTokens().stream().map(TokenConfig::name).toList());
    }

    @Test
    void shouldNotAskWhereThereIsOneToken() throws Exception
    {
        final String single = "token: {module: /usr/lib/a.so, label: trading, pin-file: pin}\n";
        final String unnamed = GOOD
            .replaceAll("token: (near|far.2), ", "").replace("id: \"0f\", alg", "id: \"02\", alg");
        final GatewayConfig config = ConfigReader.of(FILE, unnamed.replaceFirst(LIST, single));
        assertEquals("trading", config.tokens().getFirst().name());
        assertEquals(List.of("trading", "trading"), config.keys().stream().map(KeyConfig::token).toList());
        assertEquals(config.tokens().getFirst(), config.masterToken());
        assertEquals(List.of(), config.unusedTokens());

        final String list = "tokens:\n  - {name: a, module: a.so, label: trading, pin-file: pin}\n";
        assertEquals("a", ConfigReader.of(FILE, unnamed.replaceFirst(LIST, list))
            .keys().getLast().token());
        refused(GOOD.replaceFirst(LIST, single), "",
            "'token' is one of the list 'tokens', which is not there; expected no 'token'");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldPointAtTheMistake(final String found, final String put, final String position, final String what)
    {
        assertTrue(GOOD.contains(found), found);
        refused(GOOD.replaceFirst(Pattern.quote(found), put), position + ": ", what);
    }

    private static List<Arguments> mistakes()
    {
        return List.of(
            Arguments.of("tokens:", "token: {module: a, label: b, pin-file: c}\ntokens:", "4:3",
                "has 'token' and 'tokens'; expected one of the two"),
            Arguments.of("name: far.2", "name: near", "4:12",
                "the token 'near' stands twice"),
            Arguments.of("label: other", "label: trading", "5:40",
                "'spare' and 'far.2' are one token, of one module and label"),
            Arguments.of("name: spare", "name: a b", "5:12",
                "'name' is 'a b'; expected up to 60 letters, digits"),
            Arguments.of("name: spare, ", "", "5:5",
                "has no 'name'; expected up to 60 letters"),
            Arguments.of("label: other, ", "", "5:5",
                "has no 'label'; expected the token's label"),
            Arguments.of(", pin-file: pin}", "}", "3:5",
                "a token has no PIN; expected one of pin-file, pin-credential, pin-mount, pin-env"),
            Arguments.of("pin-file: pin}", "pin-file: pin, pni: x}", "3:72",
                "unknown field 'pni' in a token"),
            Arguments.of("token: far.2", "token: fra", "9:25",
                "'token' is 'fra'; expected one of 'tokens': near, far.2, spare"),
            Arguments.of("token: far.2, ", "", "9:5",
                "has no 'token'; expected one of 'tokens': near, far.2, spare"),
            Arguments.of("alias: master, token: near", "alias: master", "7:15",
                "has no 'token'; expected one of 'tokens'"),
            Arguments.of("alias: master, token: near", "alias: master, token: neer", "7:38",
                "'token' is 'neer'; expected one of"),
            Arguments.of("id: \"0f\", check", "id: \"01\", check", "7:48",
                "the master key is also the key 'two'"));
    }

    @Test
    void shouldTakeSixteenTokensAtMost() throws Exception
    {
        final StringBuilder more = new StringBuilder();
        for (int i = 3; i < 16; i++)
        {
            more.append("  - {name: t%d, module: b.so, label: l%d, pin-file: p}%n".formatted(i, i));
        }
        final String sixteen = GOOD.replace("authentication:", more + "authentication:");
        assertEquals(16, ConfigReader.of(FILE, sixteen).tokens().size());
        final String another = "  - {name: x, module: b.so, label: x, pin-file: p}\nauthentication:";
        refused(sixteen.replace("authentication:", another), "19:12: ", "there are more than 16 tokens");
    }

    private static void refused(final String text, final String position, final String what)
    {
        final String message =
            assertThrows(ConfigException.class, () -> ConfigReader.of(FILE, text)).getMessage();
        assertTrue(message.startsWith(FILE + ":" + position), () -> "expected " + position + " in: " + message);
        assertTrue(message.contains(what), () -> "expected '" + what + "' in: " + message);
    }
}
