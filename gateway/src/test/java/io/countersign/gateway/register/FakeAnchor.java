package io.countersign.gateway.register;

/** An anchor in memory. */
final class FakeAnchor implements RegisterAnchor
{
    RegisterMark mark;

    @Override
    public String name()
    {
        return "the token";
    }

    @Override
    public RegisterMark read()
    {
        return mark;
    }

    @Override
    public void write(final RegisterMark next)
    {
        mark = next;
    }
}
