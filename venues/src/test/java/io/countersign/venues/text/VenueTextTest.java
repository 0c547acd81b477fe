package io.countersign.venues.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.Seed;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VenueTextTest
{
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter FIX = DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS");

    private final TextWriter out = new TextWriter(1024);
    private final Seed seed = new Seed();
    private final Random random = seed.random();

    @ParameterizedTest
    @CsvSource({
        "1607418537715000000, 2020-12-08T09:08:57.715Z, 20201208-09:08:57.715, 1607418537.715",
        "1573653521402999999, 2019-11-13T13:58:41.402Z, 20191113-13:58:41.402, 1573653521.402",
        "0, 1970-01-01T00:00:00.000Z, 19700101-00:00:00.000, 0.000",
        "951782399999000000, 2000-02-28T23:59:59.999Z, 20000228-23:59:59.999, 951782399.999",
        "951868799999000000, 2000-02-29T23:59:59.999Z, 20000229-23:59:59.999, 951868799.999",
        "951868800000000000, 2000-03-01T00:00:00.000Z, 20000301-00:00:00.000, 951868800.000",
        "9223372036854775807, 2262-04-11T23:47:16.854Z, 22620411-23:47:16.854, 9223372036.854"})
    void shouldWriteInstants(final long utcNs, final String iso, final String fix, final String seconds)
    {
        assertTimes(utcNs, iso, fix, seconds);
    }

    @Test
    void shouldWriteInstantsAsTheJdkDoes()
    {
        for (int i = 0; i < 20_000; i++)
        {
            final long utcNs = random.nextLong() >>> 1;
            final Instant instant = Instant.ofEpochSecond(utcNs / 1_000_000_000, utcNs % 1_000_000_000);
            final long ms = utcNs / 1_000_000;
            assertTimes(utcNs,
                ISO.format(instant.atOffset(ZoneOffset.UTC)),
                FIX.format(instant.atOffset(ZoneOffset.UTC)),
                ms / 1000 + "." + Long.toString(1000 + ms % 1000).substring(1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void shouldRefuseInstantsBeforeTheEpoch(final long utcNs)
    {
        TimeText.iso8601(out.reset(), utcNs);
        assertEquals(TextWriter.INVALID, out.fault());
        TimeText.fix(out.reset(), utcNs);
        assertEquals(TextWriter.INVALID, out.fault());
        TimeText.secondsMillis(out.reset(), utcNs);
        assertEquals(TextWriter.INVALID, out.fault());
    }

    @Test
    void shouldWriteUuidsThatTheJdkReads()
    {
        for (int i = 0; i < 1_000; i++)
        {
            final long high = random.nextLong();
            final long low = random.nextLong();
            UuidText.append(out.reset(), high, low);
            final UUID uuid = UUID.fromString(out.toString());
            assertEquals(out.toString(), uuid.toString(), seed);
            assertEquals(4, uuid.version(), seed);
            assertEquals(2, uuid.variant(), seed);
            assertEquals(high & ~0xF000L, uuid.getMostSignificantBits() & ~0xF000L, seed);
            assertEquals(low << 2, uuid.getLeastSignificantBits() << 2, seed);
        }
    }

    @Test
    void shouldEscapeWhatWouldEndAString()
    {
        assertEquals("a\\\"b\\\\c/d'\u00E9\uD83D\uDE00", json("a\"b\\c/d'\u00E9\uD83D\uDE00"));
        assertEquals("", json(""));
        for (final String refused : new String[]{"\n", "\u0000", "\u001F", "\u007F", "\u0085", "a\tb"})
        {
            json(refused);
            assertEquals(TextWriter.INVALID, out.fault());
        }
    }

    @Test
    void shouldWriteBase64ForUrlsAsTheJdkDoes()
    {
        for (int length = 0; length < 200; length++)
        {
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            Base64Text.appendUrl(out.reset(), new UnsafeBuffer(bytes), 0, length);
            assertEquals(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), out.toString(), seed);
        }
    }

    @Test
    void shouldWriteDerThatTheJdkTakesForItsOwn() throws Exception
    {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        final KeyPair keys = generator.generateKeyPair();
        final Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        final Signature verifier = Signature.getInstance("SHA256withECDSA");
        for (int i = 0; i < 200; i++)
        {
            final byte[] message = {(byte) i};
            signer.initSign(keys.getPrivate());
            signer.update(message);
            verifier.initVerify(keys.getPublic());
            verifier.update(message);
            assertTrue(verifier.verify(der(signer.sign())));
        }
    }

    @Test
    void shouldWriteTheShortestIntegers()
    {
        final byte[] signature = new byte[64];
        assertArrayEquals(new byte[]{0x30, 6, 2, 1, 0, 2, 1, 0}, der(signature));
        signature[31] = 1;
        signature[63] = (byte) 0x80;
        assertArrayEquals(new byte[]{0x30, 7, 2, 1, 1, 2, 2, 0, (byte) 0x80}, der(signature));
        Arrays.fill(signature, (byte) 0xFF);
        final byte[] longest = der(signature);
        assertEquals(72, longest.length);
        assertEquals(
            new BigInteger(1, Arrays.copyOf(signature, 32)), new BigInteger(Arrays.copyOfRange(longest, 4, 37)));
        EcdsaDer.append(out.reset(), new UnsafeBuffer(signature), 0, 63);
        assertEquals(TextWriter.INVALID, out.fault());
    }

    private void assertTimes(final long utcNs, final String iso, final String fix, final String seconds)
    {
        TimeText.iso8601(out.reset(), utcNs);
        assertEquals(iso, out.toString(), seed);
        TimeText.fix(out.reset(), utcNs);
        assertEquals(fix, out.toString(), seed);
        TimeText.secondsMillis(out.reset(), utcNs);
        assertEquals(seconds, out.toString(), seed);
    }

    private String json(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonText.append(out.reset(), new UnsafeBuffer(bytes), 0, bytes.length);
        return out.toString();
    }

    private byte[] der(final byte[] signature)
    {
        EcdsaDer.append(out.reset(), new UnsafeBuffer(signature), 0, signature.length);
        final byte[] bytes = new byte[out.length()];
        out.buffer().getBytes(0, bytes);
        return bytes;
    }
}
