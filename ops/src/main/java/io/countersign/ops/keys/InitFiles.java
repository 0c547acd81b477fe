package io.countersign.ops.keys;

import io.countersign.gateway.config.FileErrors;
import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of a gateway that is set up: where they are and what stands in them.
 */
final class InitFiles
{
    /** What is added to the name of the register for the file that tells of an init which is not finished. */
    static final String UNFINISHED = ".init";

    private static final String WHAT = "mark of an unfinished init";
    private static final String TOKEN = "token ";
    private static final int MAX_MARK_LENGTH = 1_024;

    private final Path directory;
    private final Path register;
    private FileChannel channel;

    /**
     * Where they are to be.
     *
     * @param directory of configuration and policy.
     * @param register  null for the usual name there.
     */
    InitFiles(final Path directory, final Path register)
    {
        this.directory = directory;
        this.register = null == register ? directory.resolve("register.jsonl") : register;
    }

    Path config()
    {
        return directory.resolve("gateway.yaml");
    }

    Path policy()
    {
        return directory.resolve("policy.yaml");
    }

    Path register()
    {
        return register;
    }

    Path unfinished()
    {
        return register.resolveSibling(register.getFileName() + UNFINISHED);
    }

    /** None of them may be there; the directory is made. */
    void requireNone()
    {
        requireNone(unfinished(), "an init was cut short, or runs: 'countersign init --discard-unfinished' with the " +
            "same options takes back what it made, and begins again");
        requireNone(register, "a gateway was set up with it; init never runs twice");
        requireNone(config(), "init overwrites nothing: choose another --directory");
        requireNone(policy(), "init overwrites nothing: choose another --directory");
        try
        {
            Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        catch (final IOException ex)
        {
            throw new CommandException("--directory " + directory + " cannot be made: " + FileErrors.reason(ex));
        }
        if (!Files.isDirectory(absolute(register).getParent()))
        {
            throw new CommandException("--register " + register + ": its directory is not there");
        }
    }

    /** From here on something is there that {@link #discard} takes back. The lock goes with the process. */
    void begin(final String tokenLabel)
    {
        OwnerFile.create(unfinished(), WHAT, (TOKEN + tokenLabel + "\n").getBytes(StandardCharsets.UTF_8));
        lock();
    }

    /** Refuses to take back what is in use, or what was made in another token. */
    void requireUnfinished(final String tokenLabel)
    {
        if (!Files.exists(unfinished(), LinkOption.NOFOLLOW_LINKS))
        {
            throw new CommandException("there is no " + unfinished() + ": no init was cut short here; leave out " +
                "--discard-unfinished");
        }
        final String mark = new String(OwnerFile.read(unfinished(), WHAT, MAX_MARK_LENGTH), StandardCharsets.UTF_8);
        // One without a line end was cut short before anything else was made.
        if (mark.endsWith("\n") && !mark.equals(TOKEN + tokenLabel + "\n"))
        {
            throw new CommandException(unfinished() + " is of an init for another token than '" + tokenLabel + "'");
        }
        lock();
    }

    private void lock()
    {
        try
        {
            channel = FileChannel.open(unfinished(), StandardOpenOption.WRITE);
            if (null == channel.tryLock())
            {
                throw new CommandException("another init runs (" + unfinished() + "): await it");
            }
        }
        catch (final IOException | OverlappingFileLockException ex)
        {
            throw new CommandException(unfinished() + " cannot be locked: another init runs, or the disk refuses it");
        }
    }

    void create(final String configuration, final String policy)
    {
        OwnerFile.create(config(), "configuration", configuration.getBytes(StandardCharsets.UTF_8));
        OwnerFile.create(policy(), "policy", policy.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing is taken back any more. */
    void finish()
    {
        try
        {
            remove(unfinished());
            channel.close();
        }
        catch (final IOException ex)
        {
            // The file is gone, and the lock with it.
            channel = null;
        }
    }

    /** Removes what this init has made of them. */
    void discard()
    {
        remove(register);
        remove(register.resolveSibling(register.getFileName() + ".tmp"));
        remove(register.resolveSibling(register.getFileName() + ".lock"));
        remove(config());
        remove(policy());
    }

    /** A configuration that a gateway starts with. */
    String configuration(
        final Path module,
        final String token,
        final String pinField,
        final String pin,
        final String origin,
        final InitKeys keys)
    {
        return """
            # Made by 'countersign init'. Every field is described in docs/configuration.md, section by section.
            # Relative paths are relative to this file.

            gateway:
              ingresses:
                - name: ipc:local
                  aeron-directory: aeron     # better on memory: /dev/shm/NAME
              journal-directory: journal
              idle: yield

            token:
              module: %s
              label: %s
              %s: %s

            authentication:
              master-key:
            %s
            register:
              file: %s
              key:
            %s
            audit:                           # the journal is sealed, docs/audit.md
              origin: %s
              key:
            %s  checkpoints: checkpoints

            policy: policy.yaml

            # What all versions of a key have in common stands here; the register has the versions. For example:
            # keys:
            #   - {alias: binance-main, algorithm: Ed25519, venue: binance-spot}
            """.formatted(
            quoted(absolute(module).toString()), quoted(token), pinField, quoted(pin),
            key(keys, InitKeys.Use.MASTER),
            quoted(absolute(register).getParent().equals(absolute(directory)) ?
                register.getFileName().toString() : absolute(register).toString()),
            key(keys, InitKeys.Use.REGISTER),
            quoted(origin), auditKey(keys));
    }

    /** A policy in which the first operators may open sessions, and nobody may trade. */
    static String policyText(final List<FirstOperator> officers)
    {
        return """
            # Made by 'countersign init'. docs/policy.md describes it. What operators may do, the register says.

            # Bots come below 'principals', for example:
            # principals:
            #   - name: maker
            #     api-key-versions: [1]
            #     rules:
            #       - {name: trade, keys: [binance-main], scopes: [trade, cancel], symbols: [BTCUSDT], max-quantity: 1}

            operators:
            %s""".formatted(officers.stream()
            .map((officer) -> "  - {name: " + quoted(officer.name()) + ", api-key-versions: [1]}\n")
            .collect(Collectors.joining()));
    }

    private static String key(final InitKeys keys, final InitKeys.Use use)
    {
        return """
            alias: %s
            id: "%s"
            check-value: "%s"
            """.formatted(use.label(), HexFormat.of().formatHex(use.id()),
            HexFormat.of().formatHex(keys.of(use).pinned())).indent(4);
    }

    private static String auditKey(final InitKeys keys)
    {
        return """
            alias: %s
            id: "%s"
            algorithm: %s
            public-key: %s
            """.formatted(InitKeys.Use.AUDIT.label(), HexFormat.of().formatHex(InitKeys.Use.AUDIT.id()),
            keys.of(InitKeys.Use.AUDIT).algorithm().configName(), keys.auditPublicKey()).indent(4);
    }

    private static Path absolute(final Path path)
    {
        return path.toAbsolutePath().normalize();
    }

    private static String quoted(final String text)
    {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void requireNone(final Path file, final String what)
    {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new CommandException(file + " is there already: " + what);
        }
    }

    private static void remove(final Path file)
    {
        try
        {
            Files.deleteIfExists(file);
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be removed: " + FileErrors.reason(ex));
        }
    }
}
