package io.countersign.ops.verify;

import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code countersign audit keys}: the public keys that a journal names.
 */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Prints the keys that a journal names: its audit keys as NAME+KEYID+BASE64, and its signing keys as ALIAS " +
            "VERSION ALGORITHM BASE64, a dash in place of the key where it is a MAC's.",
        "'verify --keys' and the verifier in Python take the lines. They prove nothing as long as they come from the " +
            "journal that they are to vouch for: print them once, early, and keep them where nobody can change them."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign audit keys /var/lib/countersign/journal > keys.txt",
        "",
        "Exit codes: 0 printed, 1 the journal is broken, 2 it cannot be read."
    })
public final class JournalKeysCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    /**
     * For picocli.
     */
    public JournalKeysCommand()
    {
    }

    /**
     * Prints the keys.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final PolicyCheck policies = new PolicyCheck(new KnownKeys(), true, new Report());
        final JournalRecord record = new JournalRecord();
        try
        {
            JournalPass.over(directory, (reader) -> note(reader, record, policies));
        }
        catch (final IOException ex)
        {
            throw new CommandException(directory + " cannot be read: " + FileErrors.reason(ex));
        }
        final PrintWriter out = spec.commandLine().getOut();
        policies.journalKeys().auditKeys().stream().map(NoteKey::format).forEach(out::println);
        policies.journalKeys().signingKeyLines().forEach(out::println);
        out.flush();
        return ExitCode.OK;
    }

    private static boolean note(final JournalReader reader, final JournalRecord record, final PolicyCheck policies)
    {
        record.wrap(reader);
        if (PolicyInForceDecoder.TEMPLATE_ID == record.templateId())
        {
            policies.onPolicyInForce(record);
        }
        else if (KeyChangedDecoder.TEMPLATE_ID == record.templateId())
        {
            policies.onKeyChanged(record);
        }
        return true;
    }
}
