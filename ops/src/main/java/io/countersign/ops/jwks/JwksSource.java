package io.countersign.ops.jwks;

import io.countersign.gateway.config.JwksUrl;
import io.countersign.ops.CommandException;
import picocli.CommandLine.Option;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The options of all subcommands: from where, to where.
 */
final class JwksSource
{
    @Option(names = "--url", required = true, paramLabel = "URL", description =
        "Where the JWKS is; https, or http of this machine's loopback address.")
    private String url;

    @Option(names = "--file", required = true, paramLabel = "FILE", description =
        "The file that it is kept in: jwks-file of the gateway's configuration.")
    private Path file;

    @Option(names = "--ca", paramLabel = "FILE", description =
        "Certificates (PEM) of the only authorities to be trusted; without it, those of the Java installation.")
    private Path ca;

    JwksSource()
    {
    }

    URI url()
    {
        final URI checked = JwksUrl.of(url);
        if (null == checked)
        {
            throw new CommandException("--url is not " + JwksUrl.EXPECTED);
        }
        return checked;
    }

    KeptJwks kept()
    {
        final Path directory = file.toAbsolutePath().getParent();
        if (null == directory || !Files.isDirectory(directory) || !Files.isWritable(directory))
        {
            throw new CommandException(file + " cannot be kept there: " + directory +
                " is no directory that this process can write; make it first");
        }
        final KeptJwks kept = new KeptJwks(file);
        kept.removeLeftOvers();
        return kept;
    }

    JwksDownload download()
    {
        return new JwksDownload(url(), ca);
    }
}
