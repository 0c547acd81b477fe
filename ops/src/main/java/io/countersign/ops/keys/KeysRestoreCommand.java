package io.countersign.ops.keys;

import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.hsm.WrappingKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * {@code countersign keys restore}.
 */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Brings the keys of a backup back into a token, with enough shares of the recovery key that wrapped them.",
        "Each key is unwrapped inside the token and proves there that it is the one of its entry. A key that is " +
            "there already, and proves it, is left as it is: what was cut short can be begun again.",
        "Without --operator it prints the lines for the gateway's configuration. With --operator each key is " +
            "proposed to the running gateway for its register: a second security officer approves, one key at a " +
            "time, each with a one-time code of its own."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys restore --in keys-2026-11-30.backup --config gateway.yaml \\",
        "    --share recovery-1f0e9d8c7b6a5948-1-of-3.share --share recovery-1f0e9d8c7b6a5948-3-of-3.share",
        "",
        "Exit codes: 0 restored, 1 the gateway refused or did not answer, 2 wrong usage, configuration, backup or " +
            "shares, 3 the token refused."
    })
public final class KeysRestoreCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @Mixin
    private RegisterAccess register;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The backup.")
    private Path file;

    @Option(names = "--share", required = true, paramLabel = "FILE", description =
        "A share of the recovery key; as many as its threshold says. Nobody else may read the file.")
    private List<Path> shareFiles;

    /**
     * For picocli.
     */
    public KeysRestoreCommand()
    {
    }

    /**
     * Restores the keys.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final BackupFile backup = BackupFile.read(file);
        final List<RecoveryShare> shares = shareFiles.stream().map(RecoveryShare::read).toList();
        final byte[] secret;
        try
        {
            secret = RecoverySecret.combine(shares);
        }
        finally
        {
            shares.forEach(RecoveryShare::zero);
        }
        try
        {
            final List<RestoredKey> keys = wrappedWith(backup, secret).stream().map(RestoredKey::of).toList();
            return register.isGateway() ? restoreAndPropose(keys, secret) : restoreAndPrint(keys, secret);
        }
        finally
        {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Those that this recovery key opens: each token has one of its own. */
    private List<BackupFile.Key> wrappedWith(final BackupFile backup, final byte[] secret)
    {
        final String checkValue = HexFormat.of().formatHex(WrappingKey.checkValue(secret));
        final Set<String> tokens = backup.recoveryKeys().entrySet().stream()
            .filter((entry) -> entry.getValue().equals(checkValue))
            .map((entry) -> entry.getKey())
            .collect(Collectors.toSet());
        if (tokens.isEmpty() && !backup.recoveryKeys().isEmpty())
        {
            throw new CommandException("the shares are of another recovery key than those that wrapped the keys of " +
                file + ": see their check values");
        }
        final List<BackupFile.Key> keys = backup.keys().stream()
            .filter((key) -> tokens.isEmpty() || null == key.text("token") || tokens.contains(key.text("token")))
            .toList();
        if (keys.isEmpty())
        {
            throw new CommandException("the backup " + file + " holds no key that these shares open");
        }
        return keys;
    }

    private int restoreAndPrint(final List<RestoredKey> keys, final byte[] secret)
    {
        restore(keys, secret);
        final PrintWriter out = spec.commandLine().getOut();
        keys.forEach((key) -> key.print(out, access.nameInKeys()));
        out.flush();
        return ExitCode.OK;
    }

    private int restoreAndPropose(final List<RestoredKey> keys, final byte[] secret)
    {
        try (OperatorCommands commands = register.open(access.configFile()))
        {
            commands.checkGateway();
            restore(keys, secret);
            final String token = null == access.configured() ? null : access.configured().name();
            for (final RestoredKey key : keys)
            {
                commands.run(OperatorCommands.text("keys restore", BackupFile.fields(key.key(), token)), "restored");
            }
            return ExitCode.OK;
        }
    }

    private void restore(final List<RestoredKey> keys, final byte[] secret)
    {
        try
        {
            final List<RestoredKey> missing = missing(keys);
            try (TokenProvisioner provisioner = access.provisioner())
            {
                for (final RestoredKey key : missing)
                {
                    provisioner.unwrap(secret.clone(), key.key().wrapped(), key.spec(), key.label());
                    say(key.key().name() + " is in the token");
                }
            }
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
    }

    private List<RestoredKey> missing(final List<RestoredKey> keys) throws TokenException
    {
        final List<RestoredKey> missing = new ArrayList<>();
        try (TokenInventory inventory = access.inventory())
        {
            final List<String> ids = inventory.keys().stream()
                .map((key) -> HexFormat.of().formatHex(key.id())).toList();
            for (final RestoredKey key : keys)
            {
                if (ids.contains(HexFormat.of().formatHex(key.spec().id())))
                {
                    inventory.prove(key.spec());
                    say(key.key().name() + " was in the token already");
                }
                else
                {
                    missing.add(key);
                }
            }
        }
        return missing;
    }

    private void say(final String line)
    {
        spec.commandLine().getErr().println("countersign: " + line);
        spec.commandLine().getErr().flush();
    }
}
