package io.countersign.gateway.access;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import static io.countersign.gateway.access.TestIssuer.NOW_NS;
import static io.countersign.gateway.access.TestIssuer.SUBJECT;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AccessTokenFuzzTest
{
    private static final String ALPHABET = "{}[]\":,.\\ueE+-0123456789truefalsn ";

    private static TestIssuer issuer;
    private static AccessTokenVerifier verifier;

    @BeforeAll
    static void issue() throws Exception
    {
        issuer = TestIssuer.withOneKeyOfEach();
        verifier = issuer.verifier();
    }

    /** Every byte changed in three ways: by its lowest bit, by another bit, to another letter of base64url. */
    @ParameterizedTest
    @ValueSource(strings = {"r", "e", "d"})
    void shouldRefuseATokenWithAnyByteChanged(final String kid)
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final byte[] token = issuer.token(kid);
        assertInstanceOf(AccessGrant.class, verifier.verify(token, SUBJECT, NOW_NS));
        for (int i = 0; i < token.length; i++)
        {
            final byte[] letters = TestIssuer.base64(bytes(random, 64)).getBytes(StandardCharsets.US_ASCII);
            byte other = token[i];
            for (int j = 0; other == token[i]; j++)
            {
                other = letters[j];
            }
            for (final int changed : new int[]{token[i] ^ 1, token[i] ^ 2 << random.nextInt(7), other})
            {
                final byte[] tampered = token.clone();
                tampered[i] = (byte) changed;
                assertInstanceOf(AccessRefusal.class, verifier.verify(tampered, SUBJECT, NOW_NS),
                    "kid " + kid + " byte " + i + " seed " + seed);
            }
        }
    }

    @Test
    void shouldRefuseATokenCutAnywhere()
    {
        final byte[] token = issuer.token("e");
        for (int length = 0; length < token.length; length++)
        {
            assertInstanceOf(
                AccessRefusal.class, verifier.verify(Arrays.copyOf(token, length), SUBJECT, NOW_NS), "at " + length);
        }
    }

    @Test
    void shouldRefuseGarbageWithoutAnExceptionAndInPlainAscii()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++)
        {
            final byte[] garbage = switch (i % 4)
            {
                case 0 -> bytes(random, random.nextInt(200));
                case 1 -> (letters(random) + "." + letters(random) + "." + letters(random))
                    .getBytes(StandardCharsets.UTF_8);
                case 2 -> TestIssuer.token(json(random), json(random), (input) -> bytes(random, random.nextInt(80)));
                default -> TestIssuer.token(
                    mutated(issuer.header("d"), random), json(random), (input) -> bytes(random, 64));
            };
            final AccessDecision decision = verifier.verify(garbage, SUBJECT, NOW_NS);
            final String why = assertInstanceOf(AccessRefusal.class, decision, "seed " + seed + " round " + i).why();
            assertTrue(why.matches("[ -~]{1,254}"), () -> "seed " + seed + ": " + why);
        }
    }

    /** Claims that their issuer has signed may still be anything. */
    @Test
    void shouldDecideOnSignedGarbageWithoutAnException()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++)
        {
            final String claims = mutated(TestIssuer.claims("trade"), random);
            final AccessDecision decision =
                verifier.verify(issuer.token("d", issuer.header("d"), claims), SUBJECT, NOW_NS);
            if (decision instanceof final AccessRefusal refusal)
            {
                assertTrue(refusal.why().matches("[ -~]{1,254}"), () -> "seed " + seed + ": " + refusal.why());
            }
        }
    }

    private static String json(final Random random)
    {
        final StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(40); 0 < i; i--)
        {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.append(random.nextBoolean() ? "}" : "").toString();
    }

    private static String mutated(final String text, final Random random)
    {
        final StringBuilder mutated = new StringBuilder(text);
        for (int i = 1 + random.nextInt(3); 0 < i; i--)
        {
            final int at = random.nextInt(mutated.length());
            switch (random.nextInt(3))
            {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, (char) random.nextInt(0x2100));
                default -> mutated.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return mutated.toString();
    }

    private static String letters(final Random random)
    {
        return TestIssuer.base64(bytes(random, random.nextInt(60)));
    }

    private static byte[] bytes(final Random random, final int length)
    {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
