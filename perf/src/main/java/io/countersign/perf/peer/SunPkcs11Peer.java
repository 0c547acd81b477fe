package io.countersign.perf.peer;

import io.countersign.hsm.SigningAlgorithm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * SunPKCS11, the JDK's own provider, through JCA in the bot's process.
 */
final class SunPkcs11Peer
{
    static final String NAME = "sunpkcs11";

    private SunPkcs11Peer()
    {
    }

    /**
     * Why the provider cannot sign with a key.
     *
     * @param algorithm of the key.
     * @return one line, or null when it can.
     */
    static String obstacle(final SigningAlgorithm algorithm)
    {
        return SigningAlgorithm.ED25519 == algorithm ?
            "SunPKCS11 of this JDK has no Ed25519: not measured" : null;
    }

    /**
     * Start the bot's process.
     *
     * @param key       to sign with.
     * @param slotId    of the token.
     * @param temporary directory.
     * @return the peer.
     * @throws PeerException when it cannot sign.
     */
    static MeasuringProcess start(final PeerKey key, final String slotId, final Path temporary) throws PeerException
    {
        final List<String> arguments = new ArrayList<>(key.arguments());
        arguments.add(slotId);
        return new MeasuringProcess(NAME, PeerProcess.start(
            NAME, JvmCommand.of(temporary, SunPkcs11Signer.class, List.of(), arguments), Map.of()), null);
    }
}
