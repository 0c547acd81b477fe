package io.countersign.gateway.seal;

import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CheckpointTest
{
    /** Of the documentation of golang.org/x/mod/sumdb/note. */
    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String GO_NOTE = "If you think cryptography is the answer to your problem,\n" +
        "then you don't know what your problem is.\n" +
        "\n" +
        "\u2014 PeterNeumann " +
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private final byte[] root = new byte[TreeHasher.HASH_LENGTH];

    @Test
    void shouldReadAndVerifyWhatGoWrites() throws NoteException
    {
        final NoteKey key = NoteKey.parse(GO_KEY);
        assertEquals("PeterNeumann", key.name());
        assertEquals(GO_KEY, key.format());
        final SignedNote note = SignedNote.parse(GO_NOTE);
        assertTrue(key.verifies(note, note.signatures().getFirst()));
        assertEquals(GO_NOTE, note.format());

        final SignedNote changed = SignedNote.parse(GO_NOTE.replace("answer", "Answer"));
        assertTrue(key.claims(changed.signatures().getFirst()));
        assertFalse(key.verifies(changed, changed.signatures().getFirst()));
    }

    @Test
    void shouldWriteWhatItReads() throws NoteException
    {
        root[31] = 9;
        final Checkpoint known =
            new Checkpoint("example.com/g1", 17, root, 1_796_076_217_123_456_000L, 12_000, "kernel");
        assertTrue(
            known.text().endsWith("\ntime 2026-11-30T22:03:37.123456Z\nclock-error 12000 ns kernel\n"), known.text());
        assertEquals(known, Checkpoint.parse(known.text()));
        assertTrue(Checkpoint.isExact(known.text()));

        final Checkpoint unknown =
            new Checkpoint("example.com/g1", 0, root, 0, Checkpoint.UNKNOWN_ERROR, "");
        assertTrue(unknown.text().endsWith("\nclock-error unknown\n"));
        assertEquals(unknown, Checkpoint.parse(unknown.text()));
        assertFalse(Checkpoint.isExact(known.text() + "another line\n"));
        assertEquals(17, Checkpoint.parse(known.text() + "another line\n").treeSize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n1\n", "a\n01\nX\n", "a\n1\nAAAA\n", "a\n\n1\n", "a\n-1\nA\n",
        "a\n9999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"})
    void shouldRefuseWhatIsNoCheckpoint(final String text)
    {
        assertThrows(NoteException.class, () -> Checkpoint.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text\n", "text\n\n", "text\n\nAAAA\n", "text\n\n\u2014 name AAAAAA==\n",
        "text\n\n\u2014 name !\n", "text\n\n\u2014  AAAAAAA=\n", "te\u0007xt\n\n\u2014 name AAAAAAA=\n",
        "text\n\n\u2014 name AAAAAAA=", "text\n\n\u2014 name AAAAAAB=\n"})
    void shouldRefuseWhatIsNoNote(final String text)
    {
        assertThrows(NoteException.class, () -> SignedNote.parse(text));
    }

    @Test
    void shouldTakeSignaturesOnP256AsDer() throws GeneralSecurityException, NoteException
    {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        final KeyPair pair = generator.generateKeyPair();
        final NoteKey key = NoteKey.of("example.com/g1", SigningAlgorithm.ECDSA_P256, pair.getPublic().getEncoded());
        final String text = new Checkpoint("example.com/g1", 1, root, 0, 0, "kernel").text();
        final SignedNote note =
            new SignedNote(text, List.of(key.line(sign("SHA256withECDSAinP1363Format", pair, text.getBytes()))));
        assertTrue(key.verifies(note, note.signatures().getFirst()));

        final Signature platform = Signature.getInstance("SHA256withECDSA");
        platform.initVerify(pair.getPublic());
        platform.update(text.getBytes());
        assertTrue(platform.verify(note.signatures().getFirst().signature()));
        assertEquals(key.keyId(), NoteKey.parse(key.format()).keyId());
    }

    @Test
    void shouldTakeCosignaturesOfWitnesses() throws GeneralSecurityException, NoteException
    {
        final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        final NoteKey journal = NoteKey.of("w", SigningAlgorithm.ED25519, pair.getPublic().getEncoded());
        final String vkey = witnessKey(journal);
        final NoteKey witness = NoteKey.parse(vkey);
        final String text = new Checkpoint("example.com/g1", 1, root, 0, 0, "kernel").text();
        final byte[] signature = sign(
            "Ed25519", pair, ("cosignature/v1\ntime 1679315147\n" + text).getBytes(StandardCharsets.UTF_8));
        final SignedNote.Line line = witness.line(
            ByteBuffer.allocate(72).putLong(1_679_315_147).put(signature).array());
        final SignedNote note = new SignedNote(text, List.of(line));
        assertTrue(witness.verifies(note, line));
        assertEquals(1_679_315_147, NoteKey.cosignedSeconds(line));
        assertFalse(journal.claims(line), "the type is part of the key id");
        assertFalse(witness.verifies(note, witness.line(
            ByteBuffer.allocate(72).putLong(1_679_315_148).put(signature).array())), "the time is signed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a+b", "a+00000000+AQ==",
        "a b+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "a+00000000+CQ=="})
    void shouldRefuseWhatIsNoVerifierKey(final String text)
    {
        assertThrows(NoteException.class, () -> NoteKey.parse(text));
    }

    private static String witnessKey(final NoteKey key) throws NoteException
    {
        // The same public key as type 4, under the key id that belongs to it: the refusal names it.
        final byte[] spki = key.subjectPublicKeyInfo();
        final byte[] bytes = new byte[33];
        bytes[0] = 4;
        System.arraycopy(spki, spki.length - 32, bytes, 1, 32);
        final String encoded = Base64.getEncoder().encodeToString(bytes);
        final NoteException refusal =
            assertThrows(NoteException.class, () -> NoteKey.parse("w+zzzzzzzz+" + encoded));
        return "w+" + refusal.getMessage().replaceAll(".* is ([0-9a-f]{8}), .*", "$1") + '+' + encoded;
    }

    private static byte[] sign(final String algorithm, final KeyPair pair, final byte[] message)
        throws GeneralSecurityException
    {
        final Signature signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update(message);
        return signer.sign();
    }
}
