package io.countersign.ops.keys;

import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.hsm.WrappingKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign keys recovery}.
 */
@Command(
    name = "recovery",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Makes the recovery key of a token: recoverable keys can be wrapped with it, and wrapped keys be restored by " +
            "those who hold enough of its shares.",
        "The key is split into share files and put into the token, where it wraps and opens nothing; nobody keeps " +
            "it. Give each share to another person, on paper or on a medium of its own, and remove the files. Then " +
            "the running gateway is told of the key."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys recovery --threshold 2 --shares 3 --out-directory /mnt/usb \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 made, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 the token refused."
    })
public final class KeysRecoveryCommand implements Callable<Integer>
{
    private static final int MIN_THRESHOLD = 2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @Mixin
    private RegisterAccess register;

    @Option(names = "--threshold", required = true, paramLabel = "M", description =
        "How many shares restore: 2 or more, so that nobody can alone.")
    private int threshold;

    @Option(names = "--shares", required = true, paramLabel = "N", description =
        "How many shares there are: at least the threshold, at most " + RecoveryShare.MAX_SHARES + ".")
    private int shares;

    @Option(names = "--out-directory", required = true, paramLabel = "DIR", description =
        "Directory for the share files, mode 0600 each.")
    private Path directory;

    /**
     * For picocli.
     */
    public KeysRecoveryCommand()
    {
    }

    /**
     * Makes the key.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        if (threshold < MIN_THRESHOLD || shares < threshold || RecoveryShare.MAX_SHARES < shares)
        {
            throw new CommandException("--threshold " + threshold + " of --shares " + shares + "; expected " +
                MIN_THRESHOLD + " or more, of at least as many and at most " + RecoveryShare.MAX_SHARES);
        }
        if (!register.isGateway())
        {
            throw new CommandException("the running gateway is to be told of the key: give --operator NAME");
        }
        if (!Files.isDirectory(directory))
        {
            throw new CommandException("--out-directory " + directory + " is no directory");
        }
        try (OperatorCommands commands = register.open(access.configFile());
            TokenProvisioner provisioner = access.provisioner())
        {
            commands.checkGateway();
            return tell(commands, make(provisioner));
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
    }

    private int tell(final OperatorCommands commands, final Made made)
    {
        boolean isKnown = false;
        try
        {
            final int exitCode = commands.run(OperatorCommands.text("keys recovery",
                "token", access.nameInKeys(),
                "id", made.id,
                "check-value", made.checkValue,
                "threshold", Integer.toString(threshold),
                "shares", Integer.toString(shares),
                "comment", register.comment()), "recovery key " + made.id + " is known");
            isKnown = true;
            return exitCode;
        }
        finally
        {
            if (!isKnown)
            {
                spec.commandLine().getErr().println("countersign: recovery key " + made.id + " is in the token, but " +
                    "the gateway may not know it: see 'keys list'; if it does not, remove its shares and begin again");
                spec.commandLine().getErr().flush();
            }
        }
    }

    private Made make(final TokenProvisioner provisioner) throws TokenException
    {
        final byte[] secret = new byte[WrappingKey.SECRET_LENGTH];
        List<RecoveryShare> split = List.of();
        final List<Path> written = new ArrayList<>();
        boolean isMade = false;
        try
        {
            new SecureRandom().nextBytes(secret);
            split = RecoverySecret.split(secret, threshold, shares);
            for (final RecoveryShare share : split)
            {
                written.add(write(share));
            }
            // What people are going to hold is what must give the key, not what this process holds.
            check(written.subList(0, threshold));
            check(written.subList(shares - threshold, shares));
            final String id = split.getFirst().set();
            final byte[] checkValue =
                provisioner.importWrappingKey(HexFormat.of().parseHex(id), "countersign recovery " + id, secret);
            isMade = true;
            written.forEach((file) -> spec.commandLine().getOut().println(file));
            return new Made(id, HexFormat.of().formatHex(checkValue));
        }
        finally
        {
            Arrays.fill(secret, (byte) 0);
            split.forEach(RecoveryShare::zero);
            if (!isMade)
            {
                written.forEach((file) -> file.toFile().delete());
            }
        }
    }

    private Path write(final RecoveryShare share)
    {
        final Path file = directory.resolve(
            "recovery-" + share.set() + "-" + share.number() + "-of-" + share.shares() + ".share");
        final byte[] text = share.text();
        try
        {
            OwnerFile.create(file, "recovery share", text);
            return file;
        }
        finally
        {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static void check(final List<Path> files)
    {
        final List<RecoveryShare> read = files.stream().map(RecoveryShare::read).toList();
        Arrays.fill(RecoverySecret.combine(read), (byte) 0);
        read.forEach(RecoveryShare::zero);
    }

    private record Made(String id, String checkValue)
    {
    }
}
