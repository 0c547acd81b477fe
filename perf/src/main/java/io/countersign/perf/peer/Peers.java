package io.countersign.perf.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts what Countersign is measured against, each in processes of its own, which inherit this one's environment.
 */
public final class Peers
{
    private Peers()
    {
    }

    /**
     * Start all peers that can sign with a key.
     *
     * @param key             that all sign with.
     * @param nativeDirectory with what {@code make native} built.
     * @param directory       for sockets and temporary files; a short path, since a socket's has at most 107 bytes.
     * @param leftOut         takes one line for each peer that cannot be had here or cannot sign with the key.
     * @return the peers, the bare one first.
     * @throws PeerException when the bare one cannot be started, or another fails although it should work; none is left
     *                       running then.
     */
    public static List<Peer> start(
        final PeerKey key,
        final Path nativeDirectory,
        final Path directory,
        final Consumer<String> leftOut) throws PeerException
    {
        final Path temporary = directory.toAbsolutePath();
        final List<Peer> peers = new ArrayList<>();
        boolean areStarted = false;
        try
        {
            Files.createDirectories(temporary);
            final MeasuringProcess bare = BareSign.start(key, nativeDirectory);
            peers.add(bare);
            final String obstacle = SunPkcs11Peer.obstacle(key.key().algorithm());
            if (null == obstacle)
            {
                peers.add(SunPkcs11Peer.start(key, bare.readiness(), temporary));
            }
            else
            {
                leftOut.accept(obstacle);
            }
            final Peer p11Kit = P11KitPeer.startIfItSigns(key, nativeDirectory, temporary, leftOut);
            if (null != p11Kit)
            {
                peers.add(p11Kit);
            }
            peers.add(HttpPeer.start(key, temporary));
            areStarted = true;
            return peers;
        }
        catch (final IOException ex)
        {
            throw new PeerException("directory " + temporary + " cannot be made: " + ex.getMessage());
        }
        finally
        {
            if (!areStarted)
            {
                peers.forEach(Peer::close);
            }
        }
    }
}
