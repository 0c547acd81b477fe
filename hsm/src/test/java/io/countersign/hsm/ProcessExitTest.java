package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessExitTest
{
    private static final String SIGNED = "signed";

    @TempDir
    private Path temporary;

    /** Connects and signs in a process of its own, then ends as it is told. */
    static final class Signer
    {
        private Signer()
        {
        }

        public static void main(final String[] arguments) throws Exception
        {
            final KeySpec key = new KeySpec(
                "mac", 1, new byte[]{ 0, 1 }, SigningAlgorithm.HMAC_SHA256, HexFormat.of().parseHex(arguments[3]));
            final TokenConnector connector = new TokenConnector(new TokenConnector.Context()
                .modulePath(Path.of(arguments[0]))
                .tokenLabel(arguments[1])
                .pinFile(Path.of(arguments[2]))
                .keys(List.of(key)));
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            final byte[] signature = lane.sign(0, "message");
            System.out.println(32 == signature.length ? SIGNED : "failed");
            switch (arguments[4])
            {
                case "close" -> connector.close();
                case "wait" -> System.in.read();
                default -> Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldEndCleanlyAndLeaveNoFiles() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, new byte[32]);

        assertEquals(0, run(token, "close"));
        assertEquals(0, run(token, "leave"));
        run(token, "wait");
        try (Stream<Path> left = Files.list(temporary))
        {
            assertEquals(List.of(), left.toList());
        }
    }

    private int run(final SoftHsmFixture token, final String ending) throws IOException, InterruptedException
    {
        final List<String> command = new ArrayList<>(List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "@" + System.getProperty("countersign.root") + "/config/jvm.args",
            "-Djava.io.tmpdir=" + temporary,
            "-cp", System.getProperty("java.class.path"),
            Signer.class.getName()));
        command.addAll(List.of(
            SoftHsmFixture.modulePath().toString(), token.tokenLabel(), token.pinFile().toString(),
            HexFormat.of().formatHex(token.keys().getFirst().pinned()), ending));

        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader())
        {
            assertEquals(SIGNED, output.readLine());
            if ("wait".equals(ending))
            {
                // By the handle, because the process itself would close its output, too.
                process.toHandle().destroyForcibly();
            }
            assertEquals(null, output.readLine(), "nothing more is printed");
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            return process.exitValue();
        }
        finally
        {
            process.destroyForcibly();
        }
    }
}
