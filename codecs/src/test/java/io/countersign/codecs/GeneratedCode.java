package io.countersign.codecs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** The methods and constants of generated codecs, by name. */
final class GeneratedCode
{
    private GeneratedCode()
    {
    }

    static String capitalised(final String text)
    {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    static String stripped(final String name, final String suffix)
    {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : null;
    }

    static Method bytesMethod(final Class<?> type, final String name)
    {
        try
        {
            return type.getMethod(name, byte[].class, int.class, int.class);
        }
        catch (final NoSuchMethodException ex)
        {
            throw new AssertionError(ex);
        }
    }

    static Method method(final Class<?> type, final String name)
    {
        try
        {
            return type.getMethod(name);
        }
        catch (final NoSuchMethodException ex)
        {
            throw new AssertionError(ex);
        }
    }

    static Method oneArgument(final Class<?> type, final String name)
    {
        for (final Method method : type.getMethods())
        {
            if (method.getName().equals(name) && method.getParameterCount() == 1)
            {
                return method;
            }
        }
        throw new AssertionError(type + " has no " + name);
    }

    static Method named(final Class<?> type, final String name)
    {
        for (final Method method : type.getMethods())
        {
            if (method.getName().equals(name))
            {
                return method;
            }
        }
        throw new AssertionError(type + " has no " + name);
    }

    static Object field(final Class<?> type, final String name)
    {
        try
        {
            return type.getField(name).get(null);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(ex);
        }
    }

    static Class<?> classOf(final String name)
    {
        try
        {
            return Class.forName(name);
        }
        catch (final ClassNotFoundException ex)
        {
            throw new AssertionError(ex);
        }
    }

    static Object created(final Class<?> type)
    {
        try
        {
            return type.getConstructor().newInstance();
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(ex);
        }
    }

    static Object invoke(final Method method, final Object target, final Object... arguments)
    {
        try
        {
            return method.invoke(target, arguments);
        }
        catch (final InvocationTargetException | IllegalAccessException ex)
        {
            throw new AssertionError(method.toString(), ex);
        }
    }
}
