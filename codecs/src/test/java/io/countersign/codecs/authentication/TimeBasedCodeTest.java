package io.countersign.codecs.authentication;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TimeBasedCodeTest
{
    /** RFC 6238, appendix B, SHA1, of which the last six of eight digits count. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082", "1111111109, 07081804", "1111111111, 14050471", "1234567890, 89005924",
        "2000000000, 69279037", "20000000000, 65353130"})
    void shouldComputeThePublishedCodes(final long utcSeconds, final String code)
    {
        final byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        assertEquals(Integer.parseInt(code.substring(2)),
            TimeBasedCode.of(secret, TimeBasedCode.step(utcSeconds * 1_000)));
    }

    /** RFC 4648, section 10, without the padding. */
    @ParameterizedTest
    @CsvSource({
        "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void shouldWriteBase32(final String text, final String expected)
    {
        assertEquals(expected, TimeBasedCode.base32(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void shouldWriteALinkForAuthenticatorApps()
    {
        assertEquals("otpauth://totp/Countersign:anna%20b%26c?secret=MZXW6YTBOI&issuer=Countersign&algorithm=SHA1" +
            "&digits=6&period=30", TimeBasedCode.link("anna b&c", "foobar".getBytes(StandardCharsets.US_ASCII)));
    }
}
