package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_ECDSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_RSA_PKCS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuirksFileTest
{
    private static final Path MODULE = Path.of("/opt/vendor/libvendor.so");

    @TempDir
    private Path directory;

    @Test
    void shouldHaveNoQuirksForATokenThatIsNotKnown() throws Exception
    {
        final QuirksFile quirks = QuirksFile.load(null);
        assertNull(quirks.libraryParameters(MODULE));
        assertEquals(
            new TokenQuirks("", Set.of(), false, false), quirks.ofToken(MODULE, "library", "manufacturer", "model"));
    }

    @Test
    void shouldKnowTheModulesThatComeWithTheProduct() throws Exception
    {
        final QuirksFile quirks = QuirksFile.load(null);
        final Path nss = Path.of("/usr/lib/libsoftokn3.so");
        final String message =
            assertThrows(TokenException.class, () -> quirks.libraryParameters(nss)).getMessage();
        assertTrue(message.contains("/usr/lib/libsoftokn3.so wants parameters"), message);

        final TokenQuirks nshield = quirks.ofToken(Path.of("/opt/nfast/libcknfast.so"), "", "", "");
        assertTrue(nshield.edwardsCurveByName());
        assertEquals("nshield", nshield.sections());
    }

    @Test
    void shouldMatchEveryConditionOfASection() throws Exception
    {
        final QuirksFile quirks = load("""
            # Comment

            [all]
            module = libvendor.so
            library = Vendor library
            manufacturer = Vendor*
            model = M 1
            eddsa-parameters = yes
            """);
        assertTrue(quirks.ofToken(MODULE, "Vendor library", "Vendor Inc", "M 1").eddsaTakesParameters());
        assertTrue(quirks.ofToken(MODULE, "Vendor library", "Vendor", "M 1").eddsaTakesParameters());
        assertFalse(quirks.ofToken(MODULE, "Vendor library", "Vendo", "M 1").eddsaTakesParameters());
        assertFalse(quirks.ofToken(MODULE, "Vendor library", "Vendor", "M 12").eddsaTakesParameters());
        assertFalse(quirks.ofToken(MODULE, "Vendor library 2", "Vendor", "M 1").eddsaTakesParameters());
        assertFalse(quirks.ofToken(Path.of("/x/lib.so"), "Vendor library", "Vendor", "M 1").eddsaTakesParameters());
    }

    @Test
    void shouldLetTheLastSectionCount() throws Exception
    {
        final QuirksFile quirks = load("""
            [one]
            manufacturer = Vendor
            without = CKM_ECDSA, CKM_SHA256_RSA_PKCS
            edwards-curve = name
            [two]
            model = Old
            without = CKM_ECDSA
            [three]
            model = New
            without =
            edwards-curve = oid
            """);
        assertEquals(
            new TokenQuirks("one", Set.of(CKM_ECDSA, CKM_SHA256_RSA_PKCS), false, true),
            quirks.ofToken(MODULE, "", "Vendor", ""));
        assertEquals(
            new TokenQuirks("one, two", Set.of(CKM_ECDSA), false, true), quirks.ofToken(MODULE, "", "Vendor", "Old"));
        assertEquals(
            new TokenQuirks("one, three", Set.of(), false, false), quirks.ofToken(MODULE, "", "Vendor", "New"));
    }

    @Test
    void shouldGiveAModuleItsParameters() throws Exception
    {
        final QuirksFile quirks = load("[mine]\nmodule = libsoftokn3.so\nlibrary-parameters = configdir='sql:/x' a=b");
        assertEquals("configdir='sql:/x' a=b", quirks.libraryParameters(Path.of("/usr/lib/libsoftokn3.so")));
        assertNull(quirks.libraryParameters(MODULE));
    }

    @Test
    void shouldSayWhereAMistakeIs() throws Exception
    {
        refused("model = M", ":1: neither [section] nor field = value");
        refused("[a]\nmodel = M\nnonsense", ":3: neither");
        refused("[a]\nmodel = M\ncolour = red", ":3: there is no field colour");
        refused("[a]\nmodel = M\neddsa-parameters = maybe", ":3: eddsa-parameters must be one of no, yes");
        refused("[a]\nmodel = M\nwithout = CKM_ECDSA CKM_NONE", ":3: CKM_NONE is no mechanism");
        refused("[a]\nmodel = M\nmodel = N", ":3: model stands in section a twice");
        refused("\n[a]\nedwards-curve = oid\n[b]\nmodel = M", ":2: section a does not say for which tokens");
        refused("[a]\nmodel = M\nmodule = m\nlibrary-parameters = p", ":1: section a has parameters for the start");
    }

    @Test
    void shouldSayThatTheFileCannotBeRead()
    {
        final Path missing = directory.resolve("missing");
        final String message = assertThrows(TokenException.class, () -> QuirksFile.load(missing)).getMessage();
        assertTrue(message.contains("cannot read the quirks file " + missing), message);
    }

    private QuirksFile load(final String text) throws Exception
    {
        return QuirksFile.load(Files.writeString(directory.resolve("quirks"), text));
    }

    private void refused(final String text, final String expected)
    {
        final String message = assertThrows(TokenException.class, () -> load(text)).getMessage();
        assertTrue(message.startsWith(directory.resolve("quirks") + expected), message);
    }
}
