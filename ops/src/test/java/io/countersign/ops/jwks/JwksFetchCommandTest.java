package io.countersign.ops.jwks;

import io.countersign.gateway.access.JwkSet;
import io.countersign.gateway.access.JwksException;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class JwksFetchCommandTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldWriteTheFileAndThenLeaveItAlone() throws Exception
    {
        final byte[] jwks = new Ed25519Issuer("one").jwks();
        try (JwksServer server = JwksServer.plain().body(jwks))
        {
            final CommandRun first = fetch(server.url());
            assertEquals(0, first.exitCode(), first.err());
            assertEquals(file() + " has the keys one", first.lines().getFirst());
            assertArrayEquals(jwks, Files.readAllBytes(file()));
            assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
            final Object before = Files.getAttribute(file(), "unix:ino");
            final CommandRun second = fetch(server.url());
            assertEquals(0, second.exitCode());
            assertEquals(file() + " is up to date", second.lines().getFirst());
            assertEquals(before, Files.getAttribute(file(), "unix:ino"));
            assertOnlyTheFile();
        }
    }

    @Test
    void shouldTrustTheCertificatesOfTheFileAndNoOther() throws Exception
    {
        try (JwksServer server =
            JwksServer.tls(directory, "ip:127.0.0.1").body(new Ed25519Issuer("one").jwks()))
        {
            final CommandRun stranger = fetch(server.url());
            assertEquals(1, stranger.exitCode());
            assertTrue(stranger.error().startsWith("countersign: " + server.url() + ": cannot be fetched: SSL"),
                stranger.error());
            assertFalse(Files.exists(file()));
            final CommandRun known = fetch(server.url(), "--ca", directory.resolve("ca.pem"));
            assertEquals(0, known.exitCode(), known.err());
            assertTrue(Files.exists(file()));
        }
    }

    @Test
    void shouldRefuseACertificateOfAnotherHost() throws Exception
    {
        try (JwksServer server =
            JwksServer.tls(directory, "dns:idp.example").body(new Ed25519Issuer("one").jwks()))
        {
            final CommandRun run = fetch(server.url(), "--ca", directory.resolve("ca.pem"));
            assertEquals(1, run.exitCode());
            assertTrue(run.error().contains("cannot be fetched: SSL"), run.error());
        }
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "404", "500"})
    void shouldTakeNothingButAnAnswerOf200(final int status) throws Exception
    {
        try (JwksServer server = JwksServer.plain().status(status))
        {
            assertKept(server, "countersign: " + server.url() + ": answered with status " + status + "; expected 200");
            assertEquals(1, server.requests());
        }
    }

    @Test
    void shouldTakeTheRevocationOfTheLastKey() throws Exception
    {
        try (JwksServer server = JwksServer.plain().body(new Ed25519Issuer("one").jwks()))
        {
            assertEquals(0, fetch(server.url()).exitCode());
            final byte[] none = "{\"keys\":[]}".getBytes(StandardCharsets.US_ASCII);
            server.body(none);
            final CommandRun run = fetch(server.url());
            assertEquals(0, run.exitCode(), run.err());
            assertEquals(file() + " has no key that can be used", run.lines().getFirst());
            assertArrayEquals(none, Files.readAllBytes(file()));
        }
    }

    @Test
    void shouldTakeNothingButSoundPublicKeys() throws Exception
    {
        final String jwks = new String(new Ed25519Issuer("one").jwks(), StandardCharsets.US_ASCII);
        try (JwksServer server = JwksServer.plain())
        {
            server.body("<html>".getBytes(StandardCharsets.US_ASCII));
            assertKept(server, "countersign: " + server.url() + ":1:1: expected a JSON object");
            server.body(jwks.replace("\"x\"", "\"d\":\"c2VjcmV0\",\"x\"").getBytes(StandardCharsets.US_ASCII));
            assertKept(server, "countersign: " + server.url() + ": key 1 (kid 'one') has 'd', which belongs to a " +
                "private or secret key; expected public keys only, and whoever has read this one has the key");
            server.body(new byte[JwkSet.MAX_LENGTH + 1]);
            assertKept(server, "countersign: " + server.url() + ": cannot be fetched: IOException: ");
        }
    }

    @Test
    void shouldRemoveWhatAKilledProcessLeft() throws Exception
    {
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        final Process alive = new ProcessBuilder("cat").start();
        try (JwksServer server = JwksServer.plain().body(new Ed25519Issuer("one").jwks()))
        {
            final Path left = Files.createFile(directory.resolve(".jwks.json." + dead.pid() + ".new"));
            final Path used = Files.createFile(directory.resolve(".jwks.json." + alive.pid() + ".new"));
            final Path other = Files.createFile(directory.resolve(".jwks-json." + dead.pid() + ".new"));
            assertEquals(0, fetch(server.url()).exitCode());
            assertFalse(Files.exists(left));
            assertTrue(Files.exists(used));
            assertTrue(Files.exists(other));
        }
        finally
        {
            alive.destroy();
        }
    }

    @Test
    void shouldGiveUpAnAnswerThatNeverEnds() throws Exception
    {
        try (JwksServer server = JwksServer.plain().body(new Ed25519Issuer("one").jwks()).stalling();
            JwksDownload download = new JwksDownload(URI.create(server.url()), null, Duration.ofMillis(500)))
        {
            assertTrue(assertThrows(JwksException.class, download::fetch).getMessage().startsWith(server.url() + ": "));
        }
    }

    @Test
    void shouldSayThatNobodyAnswersAndNotTheQuery() throws Exception
    {
        final String url;
        try (JwksServer server = JwksServer.plain())
        {
            url = server.url();
        }
        final CommandRun run = fetch(url + "?secret=7");
        assertEquals(1, run.exitCode());
        assertTrue(
            run.error().startsWith("countersign: " + url + ": cannot be fetched: ConnectException"), run.error());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://idp.example/jwks", "http://192.0.2.1/", "ftp://127.0.0.1/", "https://user:secret@idp.example/",
        "https://idp.example/#x", "https:///jwks", "jwks", "", "http://localhost.example/",
        "http://127.0.0.1.example/"})
    void shouldRefuseOtherUrls(final String url)
    {
        final CommandRun run = fetch(url);
        assertEquals(2, run.exitCode());
        assertEquals("countersign: --url is not an https URL without user, password and fragment (http only of " +
            "127.0.0.1, [::1] or localhost)", run.error());
    }

    @Test
    void shouldRefuseFilesThatItCannotUse() throws Exception
    {
        final CommandRun nowhere = CommandRun.of(
            "jwks", "fetch", "--url", "https://idp.example/", "--file", directory.resolve("nowhere/jwks.json"));
        assertEquals(2, nowhere.exitCode());
        assertTrue(nowhere.error().contains("is no directory that this process can write"), nowhere.error());
        final Path empty = Files.createFile(directory.resolve("empty.pem"));
        assertEquals(2, fetch("https://idp.example/", "--ca", empty).exitCode());
        assertTrue(fetch("https://idp.example/", "--ca", empty).error().contains("certificate"));
        assertEquals(2, fetch("https://idp.example/", "--ca", directory.resolve("no.pem")).exitCode());
    }

    private void assertKept(final JwksServer server, final String error) throws Exception
    {
        Files.writeString(file(), "kept");
        final CommandRun run = fetch(server.url());
        assertEquals(1, run.exitCode());
        assertTrue(run.error().startsWith(error), run.error());
        assertEquals("kept", Files.readString(file()));
        assertOnlyTheFile();
    }

    private void assertOnlyTheFile() throws Exception
    {
        try (Stream<Path> files = Files.list(directory))
        {
            assertEquals(1, files.count());
        }
    }

    private CommandRun fetch(final String url, final Object... options)
    {
        return CommandRun.of(Stream.concat(
            Stream.of("jwks", "fetch", "--url", url, "--file", file()), Stream.of(options)).toArray());
    }

    private Path file()
    {
        return directory.resolve("jwks.json");
    }
}
