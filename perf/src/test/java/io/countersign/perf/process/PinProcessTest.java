package io.countersign.perf.process;

import io.countersign.hsm.SoftHsmFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Where the PIN of a running gateway can be found by others.
 */
@Timeout(120)
class PinProcessTest
{
    private static final int CHUNK_LENGTH = 1 << 20;

    private ProcessFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(PinProcessTest.class);
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldShowThePinOfItsEnvironmentNowhere() throws Exception
    {
        final String pin = Files.readString(fixture.token().pinFile()).strip();
        final Path config =
            fixture.changed("pin-env.yaml", "pin-file: " + fixture.token().pinFile(), "pin-env: TOKEN_PIN");
        // Dumpable, so that this test can read what the process would show to its own user.
        try (GatewayJvm gateway = GatewayJvm.launch(
            fixture.temporary(), Map.of("TOKEN_PIN", pin), "--dumpable", config.toString()))
        {
            final String ready = gateway.awaitReady();
            final Path process = Path.of("/proc", Long.toString(gateway.pid()));
            final String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            assertTrue(environment.contains("TOKEN_PIN="), environment);
            assertFalse(environment.contains(pin), "environ");
            assertFalse(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1).contains(pin));
            assertFalse(ready.contains(pin), ready);
            gateway.terminate();
            assertEquals(0, gateway.awaitExit(), gateway::describe);

            final List<String> err = gateway.err();
            assertTrue(err.stream().anyMatch((line) -> line.startsWith(
                "countersign gateway: warning: --dumpable lets core dumps")), gateway::describe);
            assertTrue(err.stream().anyMatch((line) -> line.startsWith(
                "countersign gateway: warning: the PIN came by the environment variable TOKEN_PIN: ")),
                gateway::describe);
            assertFalse(err.toString().contains(pin), "standard error");
        }
        assertTrue(isInJournal("pin-env: TOKEN_PIN"));
        assertFalse(isInJournal(pin), "journal");
    }

    @Test
    void shouldTakeThePinOfEveryTokenOutOfItsEnvironment() throws Exception
    {
        final SoftHsmFixture far = SoftHsmFixture.create();
        final String pin = Files.readString(fixture.token().pinFile()).strip();
        final String farPin = Files.readString(far.pinFile()).strip();
        final String text = fixture.configText()
            .replace("token:\n  module:", "tokens:\n  - name: near\n    module:")
            .replace("\n  label:", "\n    label:")
            .replace("  pin-file: " + fixture.token().pinFile(), """
                    pin-env: NEAR_PIN
                  - {name: far, module: %s, label: %s, pin-env: FAR_PIN}
                """.formatted(SoftHsmFixture.modulePath(), far.tokenLabel()).stripTrailing())
            .replace("alias: master", "alias: master, token: near")
            .replace("\n    id:", "\n    token: near\n    id:");
        final Path config = Files.writeString(fixture.config().resolveSibling("pin-envs.yaml"), text);
        try (GatewayJvm gateway = GatewayJvm.launch(fixture.temporary(),
            Map.of("NEAR_PIN", pin, "FAR_PIN", farPin), "--dumpable", config.toString()))
        {
            gateway.awaitReady();
            final String environment = Files.readString(
                Path.of("/proc", Long.toString(gateway.pid()), "environ"), StandardCharsets.ISO_8859_1);
            assertTrue(environment.contains("NEAR_PIN=\0") && environment.contains("FAR_PIN=\0"), environment);
            gateway.terminate();
            assertEquals(0, gateway.awaitExit(), gateway::describe);
            for (final String variable : new String[]{ "NEAR_PIN", "FAR_PIN" })
            {
                assertEquals(1, gateway.err().stream().filter((line) -> line.startsWith(
                    "countersign gateway: warning: the PIN came by the environment variable " + variable + ": "))
                    .count(), gateway::describe);
            }
        }
    }

    @Test
    void shouldLetNobodyHaveItsMemory() throws Exception
    {
        try (GatewayJvm gateway =
            GatewayJvm.launch(fixture.temporary(), Map.of(), fixture.config().toString()))
        {
            gateway.awaitReady();
            final Path process = Path.of("/proc", Long.toString(gateway.pid()));
            assertEquals("root", Files.getOwner(process).getName());
            final String limits = Files.readString(process.resolve("limits"));
            assertTrue(limits.matches("(?s).*Max core file size +0 +0 +bytes.*"), limits);
            final String command = Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8);
            assertTrue(command.contains("\0-XX:+DisableAttachMechanism\0"), command);
            assertEquals(List.of(), gateway.err());
            gateway.terminate();
            assertEquals(0, gateway.awaitExit(), gateway::describe);
        }
    }

    @Test
    void shouldSayWhereThePinIsMissing()
    {
        final Path config =
            fixture.changed("no-pin.yaml", "pin-file: " + fixture.token().pinFile(), "pin-env: NO_SUCH_PIN");
        final GatewayJvm gateway = fixture.start(config.toString());
        assertEquals(3, gateway.awaitExit(), gateway::describe);
        assertEquals(List.of("countersign gateway: the environment variable NO_SUCH_PIN is not set: put the PIN " +
            "there, or better into a file"), gateway.err());
    }

    private boolean isInJournal(final String text) throws IOException
    {
        try (Stream<Path> files = Files.walk(fixture.journal()))
        {
            for (final Path file : files.filter(Files::isRegularFile).toList())
            {
                if (isIn(file, text))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /** Journal files are large and mostly empty. */
    private static boolean isIn(final Path file, final String text) throws IOException
    {
        try (InputStream in = Files.newInputStream(file))
        {
            String before = "";
            for (byte[] chunk = in.readNBytes(CHUNK_LENGTH); 0 != chunk.length; chunk = in.readNBytes(CHUNK_LENGTH))
            {
                final String now = before + new String(chunk, StandardCharsets.ISO_8859_1);
                if (now.contains(text))
                {
                    return true;
                }
                before = now.substring(Math.max(0, now.length() - text.length()));
            }
        }
        return false;
    }
}
