package io.countersign.ops.keys;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * {@code countersign keys export-public}.
 */
@Command(
    name = "export-public",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Prints the public key of a private key, as a venue wants it at registration.",
        "The private key signs a challenge first: only what it proves to belong to is printed. Where the token does " +
            "not keep the public key, --config gives the one that is pinned there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign keys export-public --config gateway.yaml --alias binance-main --format binance",
        "  countersign keys export-public ... --id 01 --format jwk --out binance-main.jwk",
        "",
        "Exit codes: 0 printed, 2 wrong usage, no such key, PIN source or file, 3 the token refused."
    })
public final class KeysExportPublicCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @ArgGroup(multiplicity = "1")
    private KeyChoice choice;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "pem", description =
        "pem, jwk, der-base64, or what a venue asks for: binance, bybit, deribit (default ${DEFAULT-VALUE}).")
    private String formatName;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file, in place of standard output.")
    private Path file;

    /**
     * For picocli.
     */
    public KeysExportPublicCommand()
    {
    }

    /**
     * Prints the public key.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final PublicKeyFormat format = PublicKeyFormat.ofOptionName(formatName);
        if (null == format)
        {
            throw new CommandException("'" + formatName + "' is no format; expected one of " +
                Arrays.stream(PublicKeyFormat.values()).map(PublicKeyFormat::toString)
                    .collect(Collectors.joining(", ")));
        }
        try (TokenInventory inventory = access.inventory())
        {
            final TokenKey key = choice.of(inventory, inventory.keys());
            final SigningAlgorithm algorithm = algorithm(key, format);
            final byte[] publicKey = publicKey(key);
            inventory.prove(key, algorithm, publicKey);
            write(format.write(algorithm, publicKey));
            return ExitCode.OK;
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
    }

    private static SigningAlgorithm algorithm(final TokenKey key, final PublicKeyFormat format)
    {
        final String name = "key " + KeyText.label(key) + " (id " + KeyText.id(key) + ")";
        if (TokenKey.Kind.PRIVATE != key.kind())
        {
            throw new CommandException(name + " is a " + key.kind() + " key: expected a private key, which can prove " +
                "what its public key is");
        }
        if (key.algorithms().isEmpty())
        {
            throw new CommandException(name + " is " + key.type() + " with " + key.bits() +
                " bits: this version does not sign with such keys");
        }
        final SigningAlgorithm algorithm = key.algorithms().getFirst();
        if (!format.takes(algorithm))
        {
            throw new CommandException(name + " is " + key.type() + ": " + format + " takes " +
                String.join(" and ", format.takenNames()));
        }
        return algorithm;
    }

    private byte[] publicKey(final TokenKey key)
    {
        if (null != key.subjectPublicKeyInfo())
        {
            return key.subjectPublicKeyInfo();
        }
        if (null != access.config())
        {
            for (final KeyConfig configured : access.config().keysIn(access.configured()))
            {
                if (!configured.spec().algorithm().isMac() && Arrays.equals(configured.spec().id(), key.id()))
                {
                    return configured.spec().pinned();
                }
            }
        }
        throw new CommandException("the token does not have the public key of id " + KeyText.id(key) +
            ": give --config FILE, where it is pinned");
    }

    private void write(final String text)
    {
        if (null == file)
        {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return;
        }
        try
        {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        catch (final FileAlreadyExistsException ex)
        {
            throw new CommandException(file + " is there already: choose another file");
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be written (" + ex.getClass().getSimpleName() +
                "): check its directory");
        }
    }
}
