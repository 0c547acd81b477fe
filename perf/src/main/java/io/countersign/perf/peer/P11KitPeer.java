package io.countersign.perf.peer;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * p11-kit's server with the token in a process of its own, asked over a unix socket by the program in C through
 * p11-kit's client library.
 */
final class P11KitPeer
{
    static final String NAME = "p11-kit";

    /**
     * What is installed.
     *
     * @param server program.
     * @param client PKCS#11 library.
     */
    record Programs(Path server, Path client)
    {
        /**
         * Find the programs, or install them.
         *
         * @return them, or null when they cannot be had.
         * @throws PeerException when nobody knows where to look.
         */
        static Programs find() throws PeerException
        {
            final Path finder = JvmCommand.root().resolve("bin").resolve("find-p11-kit");
            try
            {
                final Process process = new ProcessBuilder(finder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
                final List<String> lines =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
                return 2 == lines.size() ? new Programs(Path.of(lines.get(0)), Path.of(lines.get(1))) : null;
            }
            catch (final IOException ex)
            {
                throw new PeerException(finder + " does not run: " + ex.getMessage());
            }
        }
    }

    /** How the program in C ends its refusal when the answer was {@code CKR_MECHANISM_INVALID}. */
    private static final String MECHANISM_INVALID = " gave 0x70";

    private P11KitPeer()
    {
    }

    /**
     * Start server and client where p11-kit can be had and passes the key's mechanism on.
     *
     * @param key             to sign with.
     * @param nativeDirectory with the program in C.
     * @param directory       for the socket.
     * @param leftOut         takes one line when it is left out.
     * @return the peer, or null when it is left out.
     * @throws PeerException when it cannot sign although it should.
     */
    static MeasuringProcess startIfItSigns(
        final PeerKey key, final Path nativeDirectory, final Path directory, final Consumer<String> leftOut)
        throws PeerException
    {
        final Programs programs = Programs.find();
        if (null == programs)
        {
            leftOut.accept("p11-kit is missing (packages p11-kit and p11-kit-modules): not measured");
            return null;
        }
        final MeasuringProcess peer = start(key, programs, nativeDirectory, directory);
        boolean isSigning = false;
        try
        {
            peer.sign();
            isSigning = true;
            return peer;
        }
        catch (final PeerException ex)
        {
            if (!ex.getMessage().endsWith(MECHANISM_INVALID))
            {
                throw ex;
            }
            leftOut.accept("p11-kit of this version does not pass on the mechanism of " +
                key.key().algorithm().configName() + ": not measured");
            return null;
        }
        finally
        {
            if (!isSigning)
            {
                peer.close();
            }
        }
    }

    private static MeasuringProcess start(
        final PeerKey key, final Programs programs, final Path nativeDirectory, final Path directory)
        throws PeerException
    {
        final Path socket = directory.resolve("p11-kit.socket");
        final Map<String, String> environment = Map.of(
            "P11_KIT_SERVER_ADDRESS", "unix:path=" + socket,
            "LD_LIBRARY_PATH", programs.client().resolveSibling("..").normalize().toString());
        try
        {
            Files.deleteIfExists(socket);
        }
        catch (final IOException ex)
        {
            throw new PeerException("peer " + NAME + ": " + socket + " cannot be removed: " + ex.getMessage());
        }
        final PeerProcess server = PeerProcess.start(NAME + " server", List.of(
            programs.server().toString(), "--foreground", "--name", socket.toString(),
            "--provider", key.module().toString(), uri(key)), environment);
        boolean isStarted = false;
        try
        {
            // Said when it listens.
            server.awaitLine("P11_KIT_SERVER_PID");
            final MeasuringProcess peer = new MeasuringProcess(
                NAME, BareSign.process(NAME, key, programs.client(), nativeDirectory, environment), server);
            isStarted = true;
            return peer;
        }
        finally
        {
            if (!isStarted)
            {
                server.close();
            }
        }
    }

    /** RFC 7512. */
    private static String uri(final PeerKey key)
    {
        final String token = "pkcs11:token=" + encode(key.tokenLabel());
        return null == key.tokenSerial() ? token : token + ";serial=" + encode(key.tokenSerial());
    }

    private static String encode(final String text)
    {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
