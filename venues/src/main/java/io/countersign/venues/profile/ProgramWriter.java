package io.countersign.venues.profile;

import io.countersign.venues.text.LiteralTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes down the instructions of a {@link Program} or {@link FinishProgram} and what they refer to.
 */
final class ProgramWriter
{
    private final List<byte[]> constants = new ArrayList<>();
    private final List<TextRule> rules = new ArrayList<>();
    private final List<LiteralTable> tables = new ArrayList<>();
    private int[] code = new int[256];
    private int length;

    /** Appends an instruction and returns its place. */
    int emit(final int opcode, final int a, final int b, final int c)
    {
        final int at = length;
        if (code.length < at + Opcode.STRIDE)
        {
            code = Arrays.copyOf(code, code.length * 2);
        }
        code[at] = opcode;
        code[at + 1] = a;
        code[at + 2] = b;
        code[at + 3] = c;
        length += Opcode.STRIDE;
        return at;
    }

    int emit(final int opcode, final int a)
    {
        return emit(opcode, a, 0, 0);
    }

    void literal(final String text)
    {
        if (!text.isEmpty())
        {
            emit(Opcode.LITERAL, constant(text));
        }
    }

    /** Lets a jump at a place go to what is written next. */
    void land(final int jump)
    {
        code[jump + 3] = length;
    }

    int constant(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < constants.size(); i++)
        {
            if (Arrays.equals(constants.get(i), bytes))
            {
                return i;
            }
        }
        constants.add(bytes);
        return constants.size() - 1;
    }

    int rule(final TextRule rule)
    {
        rules.add(rule);
        return rules.size() - 1;
    }

    int table(final LiteralTable table)
    {
        tables.add(table);
        return tables.size() - 1;
    }

    Program program()
    {
        return new Program(code(), constants.toArray(byte[][]::new), rules.toArray(TextRule[]::new),
            tables.toArray(LiteralTable[]::new));
    }

    FinishProgram finishProgram()
    {
        return new FinishProgram(code(), constants.toArray(byte[][]::new));
    }

    private int[] code()
    {
        emit(Opcode.END, 0);
        return Arrays.copyOf(code, length);
    }
}
