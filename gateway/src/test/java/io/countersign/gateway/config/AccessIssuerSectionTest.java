package io.countersign.gateway.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AccessIssuerSectionTest
{
    private static final Path FILE = Path.of("conf", "gateway.yaml");
    private static final int LINE = 1 + (int) ConfigReaderTest.GOOD.lines().count();
    private static final String SECTION = """
        #
          access-tokens:
            issuer: https://idp.example/
            audience: countersign
            jwks-file: keys/jwks.json
            jwks-url: https://idp.example/jwks?x=1
            jwks-helper: [../bin/countersign, jwks, follow, --every, 60s]
            clock-skew-s: 300
            max-lifetime-s: 600
        """;

    @Test
    void shouldReadTheSection() throws Exception
    {
        final AccessIssuerConfig config = read(SECTION).accessTokens();
        final Path directory = FILE.toAbsolutePath().getParent();
        assertEquals("https://idp.example/", config.issuer());
        assertEquals("countersign", config.audience());
        assertEquals(directory.resolve("keys/jwks.json"), config.jwksFile());
        assertEquals(URI.create("https://idp.example/jwks?x=1"), config.jwksUrl());
        assertEquals(
            List.of(directory.resolveSibling("bin/countersign").toString(), "jwks", "follow", "--every", "60s"),
            config.jwksCommand());
        assertEquals(300_000_000_000L, config.clockSkewNs());
        assertEquals(600_000_000_000L, config.maxLifetimeNs());
    }

    @Test
    void shouldDoWithoutTheSectionAndWithoutWhatIsOptional() throws Exception
    {
        assertNull(read("").accessTokens());
        final AccessIssuerConfig config = read(SECTION.replaceAll("(?m)^ *(jwks-url|jwks-helper|clock|max).*\n", ""))
            .accessTokens();
        assertNull(config.jwksUrl());
        assertEquals(List.of(), config.jwksCommand());
        assertEquals(5_000_000_000L, config.clockSkewNs());
        assertEquals(86_400_000_000_000L, config.maxLifetimeNs());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, value = {
        "issuer:|isuer:|1:5|unknown field 'isuer' in 'access-tokens'; expected one of: issuer, audience",
        "    audience: countersign\\n||1:5|'access-tokens' has no 'audience'; expected what the aud claim",
        "audience: countersign|audience: ' '|2:15|'audience' has no value",
        "jwks-file:|jwks-fil:|3:5|unknown field 'jwks-fil'",
        "    jwks-file: keys/jwks.json\\n||1:5|'access-tokens' has no 'jwks-file'; expected the path at which",
        "https://idp.example/jwks?x=1|http://idp.example/jwks|4:15|'jwks-url' is not an https URL without user",
        "https://idp.example/jwks?x=1|https://u@idp.example/|4:15|'jwks-url' is not an https URL without user",
        "https://idp.example/jwks?x=1|https://idp example/|4:15|'jwks-url' is not an https URL without user",
        "    jwks-url: https://idp.example/jwks?x=1\\n||4:18|'jwks-helper' has nothing to fetch; expected 'jwks-url'",
        "[../bin/countersign, jwks, follow, --every, 60s]|[]|5:18|'jwks-helper' is not a list with something in it",
        "skew-s: 300|skew-s: 301|6:19|'clock-skew-s' is '301'; expected a whole number from 0 to 300",
        "lifetime-s: 600|lifetime-s: 0|7:21|expected a whole number from 1 to 604800"})
    void shouldPointAtTheMistake(final String good, final String bad, final String position, final String what)
    {
        final String find = good.replace("\\n", "\n");
        assertTrue(SECTION.contains(find), SECTION);
        final String text = SECTION.replace(find, null == bad ? "" : bad.replace("\\n", "\n"));
        final String message = assertThrows(ConfigException.class, () -> read(text)).getMessage();
        final String[] place = position.split(":");
        final int line = LINE + 1 + Integer.parseInt(place[0]);
        assertTrue(message.startsWith(FILE + ":" + line + ":" + place[1] + ": "), message);
        assertTrue(message.contains(what), message);
    }

    private static GatewayConfig read(final String section) throws ConfigException
    {
        return ConfigReader.of(FILE, ConfigReaderTest.GOOD + section);
    }
}
