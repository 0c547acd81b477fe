package io.countersign.ops.verify;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.Terminal;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.EscapedText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign audit verify}: whether a journal is what the gateway wrote.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Checks a journal: framing, checksums, sequence, lives, every seal against the tree and the audit key, every " +
            "signature against its key.",
        "Reads only, needs no gateway and, but for MACs, no token, and takes a live directory as well as a copy. " +
            "The report is the same, byte for byte, for the same journal."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign audit verify /var/lib/countersign/journal",
        "  countersign audit verify DIR --checkpoints /mnt/worm/checkpoints.txt --keys audit-key.txt",
        "  countersign audit verify DIR --with-token /etc/countersign/gateway.yaml",
        "",
        "Exit codes: 0 sound (a torn end is reported, and is 0), 1 broken, 2 cannot tell: unreadable, no seal, keys " +
            "that are missing, records of a newer version, 3 the token refused."
    })
public final class VerifyCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Option(names = "--checkpoints", paramLabel = "FILE", description =
        "Checkpoints that were kept elsewhere: the journal must be the one that they were made of, and not shorter.")
    private List<Path> checkpoints = new ArrayList<>();

    @Option(names = "--keys", paramLabel = "FILE", description =
        "Public keys: a key register, a gateway's configuration, or lines NAME+KEYID+BASE64 (audit keys) and " +
            "ALIAS VERSION ALGORITHM BASE64. Without an audit key among them, the journal vouches for itself.")
    private List<Path> keyFiles = new ArrayList<>();

    @Option(names = "--witness", paramLabel = "VKEY", description =
        "A witness whose cosignatures in the checkpoints are to be verified.")
    private List<String> witnesses = new ArrayList<>();

    @Option(names = "--with-token", paramLabel = "CONFIG", description =
        "Have the tokens that this configuration of a gateway names make the MACs again. Which key made a MAC, its " +
            "id and check value, is in the journal or in what --keys names.")
    private Path tokenConfig;

    @Option(names = "--no-signatures", description =
        "Leave out the signatures of requests: records, tree and seals only.")
    private boolean areSignaturesLeftOut;

    @Option(names = "--quiet", description = "Print findings and the verdict only.")
    private boolean quiet;

    /**
     * For picocli.
     */
    public VerifyCommand()
    {
    }

    /**
     * Verifies and prints the report.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (null != tokenConfig && areSignaturesLeftOut)
        {
            throw new CommandException("--with-token verifies signatures, and --no-signatures leaves them out");
        }
        try (TokenMacs macs = macs())
        {
            final JournalVerifier verifier = new JournalVerifier(context().macs(macs));
            final Report report = verifier.run();
            out.print(report.text(verifier.sealedSize(), quiet));
            out.flush();
            return report.exitCode();
        }
        catch (final IOException ex)
        {
            throw new CommandException(directory + " cannot be read: " + FileErrors.reason(ex));
        }
    }

    private TokenMacs macs() throws IOException
    {
        requireJournal(directory);
        return null == tokenConfig ? null : TokenMacs.open(tokenConfig, spec.commandLine().getErr());
    }

    private VerifyContext context()
    {
        final PrintWriter err = spec.commandLine().getErr();
        final KnownKeys keys = new KnownKeys();
        keyFiles.forEach((file) -> KeysFile.read(file, keys));
        final List<NoteKey> witnessKeys = new ArrayList<>();
        for (final String witness : witnesses)
        {
            try
            {
                witnessKeys.add(NoteKey.parse(witness));
            }
            catch (final NoteException ex)
            {
                throw new CommandException("--witness '" + EscapedText.of(witness) + "': " + ex.getMessage());
            }
        }
        return new VerifyContext(directory)
            .checkpoints(checkpoints)
            .witnesses(witnessKeys)
            .keys(keys)
            .areSignaturesChecked(!areSignaturesLeftOut)
            .progress(Terminal.showsErrors() ? err : null);
    }

    static void requireJournal(final Path directory) throws IOException
    {
        if (!JournalReader.isJournal(directory))
        {
            throw new CommandException(directory + " holds no journal (no *.cq4 file): give the directory that " +
                "journal-directory names in the gateway's configuration");
        }
    }
}
