package io.countersign.ops.keys;

import io.countersign.client.CommandAnswer;
import io.countersign.client.CountersignClient;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.EscapedText;
import io.countersign.ops.operators.OperatorCommands;
import io.countersign.ops.operators.OperatorConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign keys backup}.
 */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Has a running gateway wrap its recoverable keys with the recovery keys of their tokens, and writes them and " +
            "their entries of the register to a new file.",
        "Only those who put the recovery key together from its shares can open it: 'keys restore'. Keys that are not " +
            "recoverable are named, and not in it."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys backup --out keys-2026-11-30.backup \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 everything is in the file, 1 a key is not recoverable, or the gateway refused or did not " +
            "answer, 2 wrong usage, configuration or files, 3 a token refused."
    })
public final class KeysBackupCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private OperatorConnection connection;

    @Option(names = "--alias", paramLabel = "ALIAS", description = "Only the versions of this key; without it all.")
    private String alias;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file, mode 0600.")
    private Path file;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why, for the journal.")
    private String comment;

    /**
     * For picocli.
     */
    public KeysBackupCommand()
    {
    }

    /**
     * Gives the command.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new CommandException("the backup " + file + " is there already: choose another name");
        }
        try (OperatorCommands commands = connection.open())
        {
            final CommandAnswer answer =
                commands.give(OperatorCommands.text("keys backup", "alias", alias, "comment", comment));
            BackupFile.create(file, answer.lines());
            return report(answer);
        }
    }

    private int report(final CommandAnswer answer)
    {
        final PrintWriter out = spec.commandLine().getOut();
        final int keys = BackupFile.read(file).keys().size();
        final List<String> missing = BackupFile.notRecoverable(answer.lines());
        missing.forEach((line) -> out.println(EscapedText.of(line)));
        out.println(keys + " keys in " + file + (CountersignClient.NULL_VALUE == answer.recordSequence() ? "" :
            ", record " + answer.recordSequence()));
        out.flush();
        if (!missing.isEmpty())
        {
            throw new CommandException(missing.size() + " keys are not recoverable and not in " + file +
                ": see above; what exists in one token only is lost with it", ExitCode.WRONG);
        }
        return ExitCode.OK;
    }
}
