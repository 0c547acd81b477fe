package io.countersign.ops.operators;

import io.countersign.ops.Terminal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A terminal with somebody in front of it who types what was agreed. */
final class TypedTerminal implements Terminal
{
    private final Deque<String> typed;
    private final List<String> questions = new ArrayList<>();

    TypedTerminal(final String... typed)
    {
        this.typed = new ArrayDeque<>(List.of(typed));
    }

    List<String> questions()
    {
        return questions;
    }

    @Override
    public boolean isThere()
    {
        return true;
    }

    @Override
    public char[] askSecret(final String question)
    {
        return ask(question).toCharArray();
    }

    @Override
    public String ask(final String question)
    {
        questions.add(question);
        return typed.removeFirst();
    }
}
