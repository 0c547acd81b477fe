package io.countersign.perf.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program in C that calls {@code C_SignInit} and {@code C_Sign}, on any module.
 */
final class BareSign
{
    static final String NAME = "bare";

    private BareSign()
    {
    }

    /**
     * Start the bare peer.
     *
     * @param key             to sign with.
     * @param nativeDirectory with the program.
     * @return the peer, ready with the id of the token's slot.
     * @throws PeerException when it cannot sign.
     */
    static MeasuringProcess start(final PeerKey key, final Path nativeDirectory) throws PeerException
    {
        return new MeasuringProcess(NAME, process(NAME, key, key.module(), nativeDirectory, Map.of()), null);
    }

    /**
     * Start the program.
     *
     * @param name            of the peer.
     * @param key             to sign with.
     * @param module          that it calls, which need not be the key's own.
     * @param nativeDirectory with the program.
     * @param environment     what it has beside this process's environment.
     * @return the process.
     * @throws PeerException when it does not start.
     */
    static PeerProcess process(
        final String name,
        final PeerKey key,
        final Path module,
        final Path nativeDirectory,
        final Map<String, String> environment) throws PeerException
    {
        final List<String> command = new ArrayList<>();
        command.add(nativeDirectory.resolve("bare_sign").toString());
        command.add(module.toString());
        command.addAll(key.arguments().subList(1, PeerKey.NATIVE_ARGUMENTS));
        return PeerProcess.start(name, command, environment);
    }
}
