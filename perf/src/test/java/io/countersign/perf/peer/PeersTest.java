package io.countersign.perf.peer;

import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PeersTest
{
    private static final int SAMPLES = 200;
    private static final byte[] SECRET = "the secret of a test key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAYLOAD =
        "symbol=LTCBTC&side=BUY&type=LIMIT&quantity=1&price=0.1".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, names = { "HMAC_SHA256", "ECDSA_P256" })
    void shouldSignRightlyAndAsOftenAsAsked(final SigningAlgorithm algorithm) throws Exception
    {
        signAndVerify(algorithm);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, names = { "ED25519", "RSA_2048" })
    void shouldSignRightlyWithTheOtherAlgorithms(final SigningAlgorithm algorithm) throws Exception
    {
        signAndVerify(algorithm);
    }

    private static void signAndVerify(final SigningAlgorithm algorithm) throws Exception
    {
        final Path programs = NativePrograms.directory();
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec key = algorithm.isMac() ?
            token.importSecret("measured", algorithm, SECRET) : token.generateKeyPair("measured", algorithm);
        final PeerKey peerKey = new PeerKey(
            SoftHsmFixture.modulePath(), token.tokenLabel(), token.tokenSerial(), token.pinFile(), key, PAYLOAD);
        final List<String> leftOut = new ArrayList<>();
        final List<Peer> peers = Peers.start(peerKey, programs, Path.of("target", "peers"), leftOut::add);
        try
        {
            final List<String> measured = new ArrayList<>();
            for (final Peer peer : peers)
            {
                measured.add(peer.name());
                verify(key, ((MeasuringProcess) peer).sign());
                final Histogram latencies = PeerSamples.histogram();
                peer.round(SAMPLES, latencies);
                assertEquals(SAMPLES, latencies.getTotalCount(), peer.name());
                verify(key, ((MeasuringProcess) peer).sign());
            }
            assertEquals(expected(algorithm, leftOut), measured);
        }
        finally
        {
            peers.forEach(Peer::close);
        }
    }

    private static List<String> expected(final SigningAlgorithm algorithm, final List<String> leftOut)
    {
        leftOut.forEach(System.out::println);
        final List<String> names = new ArrayList<>(List.of("bare", "sunpkcs11", "p11-kit", "http"));
        if (SigningAlgorithm.ED25519 == algorithm)
        {
            names.remove("sunpkcs11");
            assertTrue(leftOut.removeIf((line) -> line.startsWith("SunPKCS11 of this JDK has no Ed25519")));
        }
        // Versions before 0.25 pass on no CKM_EDDSA.
        final boolean isPassedOn = !(SigningAlgorithm.ED25519 == algorithm &&
            leftOut.removeIf((line) -> line.startsWith("p11-kit of this version does not pass on the mechanism")));
        if (leftOut.removeIf((line) -> line.startsWith("p11-kit is missing")) || !isPassedOn)
        {
            names.remove("p11-kit");
        }
        assertEquals(List.of(), leftOut);
        return names;
    }

    private static void verify(final KeySpec key, final byte[] signature) throws GeneralSecurityException
    {
        switch (key.algorithm())
        {
            case HMAC_SHA256 -> assertArrayEquals(HmacSha256.mac(SECRET, PAYLOAD), signature);
            case ED25519 -> verify("Ed25519", "Ed25519", key, signature);
            case ECDSA_P256 -> verify("EC", "SHA256withECDSAinP1363Format", key, signature);
            default -> verify("RSA", "SHA256withRSA", key, signature);
        }
    }

    private static void verify(
        final String keyType, final String algorithm, final KeySpec key, final byte[] signature)
        throws GeneralSecurityException
    {
        final Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(KeyFactory.getInstance(keyType).generatePublic(new X509EncodedKeySpec(key.pinned())));
        verifier.update(PAYLOAD);
        assertTrue(verifier.verify(signature));
    }
}
