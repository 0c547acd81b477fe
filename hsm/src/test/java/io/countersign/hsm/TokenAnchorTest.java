package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_APPLICATION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenAnchorTest
{
    @Test
    void shouldKeepWhatWasWrittenLast() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final TokenAnchor anchor = connector.connect().tokenAnchor();
            assertTrue(anchor.isSupported());
            assertNull(anchor.read());
            for (int i = 1; i <= 5; i++)
            {
                anchor.write(i, digest(i));
                assertEquals(new TokenAnchor.Entry(i, digest(i)), anchor.read());
            }
        }

        try (TokenConnector connector = new TokenConnector(token.context()); RawToken raw = new RawToken(token))
        {
            assertEquals(new TokenAnchor.Entry(5, digest(5)), connector.connect().tokenAnchor().read());
            assertEquals(1, raw.session().find(Attributes.of(CKA_CLASS, CKO_DATA)).length);
        }
    }

    @Test
    void shouldGoOnWhereAnEarlierProcessEndedInBetween() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        try (TokenConnector connector = new TokenConnector(token.context()); RawToken raw = new RawToken(token))
        {
            final TokenAnchor anchor = connector.connect().tokenAnchor();
            anchor.write(7, digest(7));
            create(raw, new TokenAnchor.Entry(8, digest(8)).toString());
            assertEquals(new TokenAnchor.Entry(8, digest(8)), anchor.read());

            anchor.write(9, digest(9));
            assertEquals(new TokenAnchor.Entry(9, digest(9)), anchor.read());
            assertEquals(1, raw.session().find(Attributes.of(CKA_CLASS, CKO_DATA)).length);
        }
    }

    @Test
    void shouldRefuseTwoThatDisagreeAndWhatIsNone() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        try (TokenConnector connector = new TokenConnector(token.context()); RawToken raw = new RawToken(token))
        {
            final TokenAnchor anchor = connector.connect().tokenAnchor();
            anchor.write(7, digest(7));
            for (final int generation : new int[]{ 5, 7, 9 })
            {
                final long other = create(raw, new TokenAnchor.Entry(generation, digest(1)).toString());
                assertRefused(anchor, "is there 2 times", "destroy the others");
                raw.session().destroy(other);
            }

            final long junk = create(raw, "8 abc");
            assertRefused(anchor, "does not say a generation and a digest");
            raw.session().destroy(junk);
            assertEquals(7, anchor.read().generation());
        }
        assertThrows(IllegalArgumentException.class, () -> new TokenAnchor.Entry(1, new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> new TokenAnchor.Entry(-1, new byte[32]));
    }

    @Test
    void shouldSayWhereATokenKeepsNone(@TempDir final Path directory) throws Exception
    {
        final TestToken token = NssToken.create(directory);
        try (TokenConnector connector = new TokenConnector(token.context().keys(List.of())))
        {
            final TokenAnchor anchor = connector.connect().tokenAnchor();
            assertNull(anchor.read());
            assertFalse(anchor.isSupported());
            final String message =
                assertThrows(TokenException.class, () -> anchor.write(1, digest(1))).getMessage();
            assertTrue(message.contains("C_CreateObject"), message);
        }
    }

    private static long create(final RawToken raw, final String value) throws TokenException
    {
        return raw.session().create(
            Attributes.of(CKA_CLASS, CKO_DATA),
            Attributes.of(CKA_TOKEN, true),
            Attributes.of(CKA_PRIVATE, true),
            Attributes.of(CKA_LABEL, TokenAnchor.LABEL.toCharArray()),
            Attributes.of(CKA_APPLICATION, TokenAnchor.APPLICATION.toCharArray()),
            Attributes.of(CKA_VALUE, value.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void assertRefused(final TokenAnchor anchor, final String... words)
    {
        final String message = assertThrows(TokenException.class, anchor::read).getMessage();
        assertThrows(TokenException.class, () -> anchor.write(8, digest(8)));
        for (final String word : words)
        {
            assertTrue(message.contains(word), message);
        }
    }

    private static byte[] digest(final int fill)
    {
        final byte[] digest = new byte[32];
        Arrays.fill(digest, (byte) fill);
        return digest;
    }
}
