package io.countersign.gateway.access;

import org.agrona.ErrorHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import static io.countersign.gateway.access.TestIssuer.NOW_NS;
import static io.countersign.gateway.access.TestIssuer.SUBJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JwksFileTest
{
    private static final long SECOND_NS = 1_000_000_000L;

    private final List<String> errors = new ArrayList<>();
    private final TestIssuer first = new TestIssuer().with("one", "EdDSA");
    private final TestIssuer second = new TestIssuer().with("two", "EdDSA");
    private long nowNs = Long.MAX_VALUE - SECOND_NS;
    private Path path;
    private JwksFile file;

    @TempDir
    private Path directory;

    @BeforeEach
    void construct()
    {
        path = directory.resolve("jwks.json");
        file = new JwksFile(path, (error) -> errors.add(error.getMessage()));
    }

    @Test
    void shouldTakeOverAChangedFileAtMostOnceASecond() throws Exception
    {
        Files.write(path, first.jwks());
        file.open();
        final AccessTokenVerifier verifier = new AccessTokenVerifier(TestIssuer.CONFIG, file::keys);
        assertEquals(0, file.poll(nowNs));
        assertInstanceOf(AccessGrant.class, verifier.verify(first.token("one"), SUBJECT, NOW_NS));
        replace(second.jwks());
        assertEquals(0, file.poll(nowNs + SECOND_NS - 1));
        assertInstanceOf(AccessGrant.class, verifier.verify(first.token("one"), SUBJECT, NOW_NS));
        assertEquals(1, file.poll(nowNs + SECOND_NS));
        assertEquals(new AccessRefusal("kid is not that of a key in force"),
            verifier.verify(first.token("one"), SUBJECT, NOW_NS));
        assertInstanceOf(AccessGrant.class, verifier.verify(second.token("two"), SUBJECT, NOW_NS));
        assertEquals(0, next());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldKeepTheOldKeysBesideABrokenFileAndSaySoOnce() throws Exception
    {
        Files.write(path, first.jwks());
        file.open();
        Files.writeString(path, "{\"keys\":");
        assertEquals(0, next());
        assertEquals(0, next());
        settle();
        assertEquals(0, next());
        assertEquals(List.of(path + ":1:9: expected a JSON value; the keys before it stay in force"), errors);
        assertTrue(file.keys().kids().contains("one"));
        Files.write(path, second.jwks());
        assertEquals(1, next());
        Files.writeString(path, "{\"keys\":");
        assertEquals(0, next());
        assertEquals(2, errors.size());
        Files.write(path, second.jwks());
        assertEquals(0, next());
        assertEquals(2, errors.size());
    }

    @Test
    void shouldRefuseEveryAccessTokenOnceTheLastKeyIsRevoked() throws Exception
    {
        Files.write(path, first.jwks());
        file.open();
        final AccessTokenVerifier verifier = new AccessTokenVerifier(TestIssuer.CONFIG, file::keys);
        assertInstanceOf(AccessGrant.class, verifier.verify(first.token("one"), SUBJECT, NOW_NS));
        replace("{\"keys\":[]}".getBytes());
        assertEquals(1, next());
        assertEquals(new AccessRefusal("kid is not that of a key in force"),
            verifier.verify(first.token("one"), SUBJECT, NOW_NS));
        assertEquals(0, next());
        Files.writeString(path, "{\"keys\":");
        assertEquals(0, next());
        assertEquals(
            List.of(
                path + ": holds no key that can be used: every access token is refused",
                path + ":1:9: expected a JSON value; the keys before it stay in force"),
            errors);
        assertTrue(file.keys().isEmpty(), "a broken file brings no keys back");
        replace(second.jwks());
        assertEquals(1, next());
        assertInstanceOf(AccessGrant.class, verifier.verify(second.token("two"), SUBJECT, NOW_NS));
        assertEquals(2, errors.size());
    }

    @Test
    void shouldStartWithAFileWithoutKeysAndSayWhatThatMeans() throws Exception
    {
        Files.writeString(path, "{\"keys\":[]}");
        file.open();
        assertTrue(file.keys().isEmpty());
        assertEquals(List.of(path + ": holds no key that can be used: every access token is refused"), errors);
        assertEquals(0, next());
        assertEquals(1, errors.size());
    }

    @Test
    void shouldKeepTheOldKeysWhenTheFileGoes() throws Exception
    {
        Files.write(path, first.jwks());
        settle();
        file.open();
        for (int i = 1; i <= 2; i++)
        {
            final Path away = directory.resolve("away");
            Files.move(path, away);
            next();
            next();
            assertEquals(i, errors.size());
            Files.move(away, path);
            next();
        }
        assertEquals(path + ": there is no such JWKS file; the keys before it stay in force", errors.getFirst());
        assertTrue(file.keys().kids().contains("one"));
    }

    @Test
    void shouldSeeAChangeThatLeavesSizeAndTimeAlone() throws Exception
    {
        Files.write(path, first.jwks());
        final FileTime time = Files.getLastModifiedTime(path);
        file.open();
        final byte[] changed = new String(first.jwks()).replace("\"one\"", "\"eno\"").getBytes();
        Files.write(path, changed);
        Files.setLastModifiedTime(path, time);
        assertEquals(1, next());
        assertTrue(file.keys().kids().contains("eno"));
    }

    @Test
    void shouldRefuseAFileThatEverybodyCanWrite() throws Exception
    {
        Files.write(path, first.jwks());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        final String message = assertThrows(JwksException.class, file::open).getMessage();
        assertEquals(path + ": everybody can write it, and so issue access tokens: run chmod o-w " + path, message);
    }

    @Test
    void shouldRefuseToStartWithoutAFile()
    {
        assertEquals(path + ": there is no such JWKS file", assertThrows(JwksException.class, file::open).getMessage());
        assertTrue(assertThrows(JwksException.class, () -> new JwksFile(directory, errors(errors)).open())
            .getMessage().startsWith(directory + ": cannot be read"));
    }

    private static ErrorHandler errors(final List<String> errors)
    {
        return (error) -> errors.add(error.getMessage());
    }

    private int next()
    {
        nowNs += SECOND_NS;
        return file.poll(nowNs);
    }

    private void settle() throws Exception
    {
        Files.setLastModifiedTime(path, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
    }

    private void replace(final byte[] content) throws Exception
    {
        final Path temporary = Files.write(directory.resolve("new"), content);
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
