package io.countersign.ops.keys;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.gateway.register.OperatorRole;
import io.countersign.gateway.register.OperatorState;
import io.countersign.ops.CommandException;
import io.countersign.ops.audit.EscapedText;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * An operator that a register begins with.
 *
 * @param name      of the operator.
 * @param publicKey SubjectPublicKeyInfo of Ed25519.
 */
record FirstOperator(String name, byte[] publicKey)
{
    /** Fewer could not approve what another proposes. */
    private static final int MIN_COUNT = 2;
    private static final int MAX_LENGTH = 4_096;

    /** Of options {@code NAME=FILE} and {@code NAME:BASE64}. */
    static List<FirstOperator> parse(final List<String> options)
    {
        final List<FirstOperator> operators = new ArrayList<>();
        for (final String option : options)
        {
            final FirstOperator operator = parse(option);
            for (final FirstOperator other : operators)
            {
                if (other.name.equals(operator.name))
                {
                    throw new CommandException("--operator " + shown(operator.name) + " stands twice");
                }
                if (Arrays.equals(other.publicKey, operator.publicKey))
                {
                    throw new CommandException("--operator " + shown(operator.name) + " has the public key of " +
                        shown(other.name) + ": each operator makes a key of their own");
                }
            }
            operators.add(operator);
        }
        if (operators.size() < MIN_COUNT)
        {
            throw new CommandException("there is one --operator; expected two or more: what one security officer " +
                "proposes, another approves");
        }
        return operators;
    }

    /** As the register has it. */
    OperatorEntry entry(final long utcMs)
    {
        return new OperatorEntry(
            name, OperatorRole.SECURITY_OFFICER, publicKey, 1, OperatorState.ENROLLED, utcMs);
    }

    private static FirstOperator parse(final String option)
    {
        final int file = option.indexOf('=');
        final int key = option.indexOf(':');
        final boolean isFile = 0 <= file && (key < 0 || file < key);
        final int end = isFile ? file : key;
        if (end <= 0)
        {
            throw new CommandException("--operator '" + shown(option) + "' is neither NAME=FILE nor NAME:BASE64");
        }
        final String name = option.substring(0, end);
        final String rest = option.substring(end + 1);
        try
        {
            final FirstOperator operator = new FirstOperator(
                name, Base64.getDecoder().decode(isFile ? read(Path.of(rest)) : rest));
            operator.entry(System.currentTimeMillis());
            return operator;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException("--operator " + shown(name) + (isFile ? ": " + shown(rest) : "") +
                " is no name with a public key of Ed25519 in base64, as 'countersign operators new-key' prints it: " +
                ex.getMessage());
        }
    }

    private static String read(final Path file)
    {
        try
        {
            if (Files.size(file) > MAX_LENGTH)
            {
                throw new CommandException("the public key file " + file + " is longer than " + MAX_LENGTH + " bytes");
            }
            return Files.readString(file).strip();
        }
        catch (final IOException ex)
        {
            throw new CommandException("the public key file " + file + " cannot be read: " + FileErrors.reason(ex));
        }
    }

    private static String shown(final String text)
    {
        return EscapedText.of(text);
    }
}
