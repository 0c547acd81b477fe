package io.countersign.ops.verify;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.seal.InclusionProof;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.RemovedRecords;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * {@code countersign audit prove}: takes one record out of the journal with the proof that it is in it.
 */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Writes one record with the proof that it is in the journal: its inclusion proof and the checkpoint of the " +
            "first seal that covers it, in the format C2SP tlog-proof.",
        "Who has the audit key's public part can check it without the journal and without seeing another record."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign audit prove /var/lib/countersign/journal --seq 4711 --output order.tlog-proof",
        "  countersign audit verify-proof order.tlog-proof --keys audit-key.txt",
        "",
        "Exit codes: 0 written, 1 the journal is broken, 2 no seal covers the record yet, or something cannot be " +
            "read or written."
    })
public final class ProveCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Option(names = "--seq", paramLabel = "N", required = true, description = "Sequence of the record.")
    private long sequence;

    @Option(names = "--output", paramLabel = "FILE", description = "Write it there rather than to standard output.")
    private Path output;

    @Option(names = "--latest", description = "Take the checkpoint of the last seal rather than of the first.")
    private boolean isLatest;

    private final SealDecoder seal = new SealDecoder();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] recordBytes;
    private byte[] root;
    private long treeSize;
    private long lastSequence;
    private String checkpoint;
    private boolean hasBegun;

    /**
     * For picocli.
     */
    public ProveCommand()
    {
    }

    /**
     * Writes the proof.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        try
        {
            JournalPass.over(directory, this::findSeal);
            if (null == recordBytes)
            {
                throw new CommandException("record " + sequence + " is not in the journal, which ends with record " +
                    lastSequence);
            }
            if (null == checkpoint)
            {
                throw new CommandException("record " + sequence + " is not sealed yet: no seal up to record " +
                    lastSequence + " covers it");
            }
            final String proof = proof().format();
            if (null == output)
            {
                spec.commandLine().getOut().print(proof);
                spec.commandLine().getOut().flush();
            }
            else
            {
                Files.writeString(output, proof);
            }
            return ExitCode.OK;
        }
        catch (final IOException ex)
        {
            throw new CommandException((null == output ? directory : output) + ": " + FileErrors.reason(ex));
        }
    }

    private boolean findSeal(final JournalReader reader)
    {
        lastSequence = reader.sequence();
        if (sequence == lastSequence)
        {
            recordBytes = new byte[reader.length()];
            reader.buffer().getBytes(reader.offset(), recordBytes);
        }
        if (SealDecoder.TEMPLATE_ID == reader.templateId())
        {
            view.wrap(reader.buffer(), reader.offset(), reader.length());
            seal.wrapAndApplyHeader(view, 0, new MessageHeaderDecoder());
            if (seal.treeSize() >= sequence)
            {
                treeSize = seal.treeSize();
                root = new byte[SealDecoder.rootLength()];
                seal.getRoot(root, 0, root.length);
                seal.skipClockSource();
                seal.skipFrontier();
                checkpoint = seal.checkpoint();
            }
        }
        return null == checkpoint || isLatest;
    }

    private TlogProof proof() throws IOException
    {
        final TreeHasher hasher = new TreeHasher();
        final InclusionProof inclusion = new InclusionProof(hasher, sequence - 1);
        final byte[] hash = new byte[TreeHasher.HASH_LENGTH];
        JournalPass.over(directory, (reader) ->
        {
            if (!hasBegun)
            {
                hasBegun = true;
                final RemovedRecords removed = JournalPass.removedBefore(directory, reader.sequence());
                if (null != removed)
                {
                    inclusion.begin(removed.firstSequence() - 1, removed.frontier());
                }
            }
            hasher.leaf(reader.buffer(), reader.offset(), reader.length(), hash, 0);
            inclusion.add(hash, 0);
            return reader.sequence() < treeSize;
        });
        final TlogProof proof = new TlogProof(recordBytes, sequence - 1, inclusion.path(), checkpoint);
        if (!Arrays.equals(root, InclusionProof.root(
            hasher, inclusion.leafHash(), sequence - 1, treeSize, proof.path())))
        {
            throw new CommandException("the journal is not what the seal of its first " + treeSize +
                " records says: see 'countersign audit verify'", ExitCode.WRONG);
        }
        return proof;
    }
}
