package orchestrator.engine.graph;

import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * Compiles expressions: Apache Commons JEXL without loops, method calls, assignments, lambdas and regular expressions, so
 * that every expression ends. Thread safe.
 */
public final class Expressions {
    private static final int MAX_LENGTH = 4096;

    /** The longest text that is put together, in characters: no payload holds more. */
    static final int MAX_TEXT = 2 << 20;

    /** Ranges of up to 131,071 numbers: more than a fan-out takes. */
    private static final int MAX_RANGE_BITS = 17;

    private final JexlEngine engine =
            new JexlBuilder()
                    .features(
                            JexlFeatures.createDefault()
                                    .loops(false)
                                    .methodCall(false)
                                    .newInstance(false)
                                    .sideEffect(false)
                                    .sideEffectGlobal(false)
                                    .lambda(false)
                                    .annotation(false)
                                    .script(false)
                                    .pragma(false)
                                    .localVar(false)
                                    .importPragma(false))
                    .permissions(JexlPermissions.RESTRICTED)
                    .arithmetic(new Arithmetic())
                    .strict(true)
                    .silent(false)
                    .safe(false)
                    .cache(0)
                    .create();

    /**
     * Compiles an expression.
     *
     * @throws ExpressionException if it is none
     */
    public Expression compile(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.length() > MAX_LENGTH) {
            throw new ExpressionException(
                    "Expected an expression of 1 to %,d characters, but found %,d"
                            .formatted(MAX_LENGTH, trimmed.length()));
        }
        int depth = Nesting.of(trimmed);
        if (depth > Nesting.MAX_DEPTH) {
            throw new ExpressionException(
                    "Expected an expression nested at most %,d deep, but found %,d"
                            .formatted(Nesting.MAX_DEPTH, depth));
        }
        if (PathExpression.fits(trimmed) && !trimmed.matches("true|false|null|empty|size|not")) {
            return PathExpression.parse(trimmed);
        }
        try {
            return new Compiled(trimmed, engine.createScript(trimmed));
        } catch (JexlException e) {
            throw new ExpressionException(
                    "Expected an expression, but '%s' is none: %s".formatted(trimmed, reason(e)));
        } catch (StackOverflowError e) {
            throw new ExpressionException("Expected an expression, but it is nested too deeply");
        }
    }

    private record Compiled(String text, JexlScript script) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            try {
                return Json.freeze(script.execute(new ScopeContext(scope)));
            } catch (JexlException | ArithmeticException | IllegalArgumentException e) {
                throw new ExpressionException(
                        "Expected a value of '%s', but %s".formatted(text, reason(e)));
            } catch (StackOverflowError e) {
                throw new ExpressionException(
                        "Expected a value of '%s', but it is nested too deeply".formatted(text));
            }
        }

        @Override
        public Set<String> names() {
            return script.getVariables().stream()
                    .map(parts -> parts.get(0))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** JEXL's message without its prefix of class and position. */
    private static String reason(RuntimeException e) {
        Throwable shown = e.getCause() instanceof ArithmeticException ? e.getCause() : e;
        String message = String.valueOf(shown.getMessage());
        if (shown instanceof ArithmeticException && shown.getMessage() == null) {
            return "found nothing where a value is needed";
        } else if (shown instanceof ArithmeticException && message.length() == 1) {
            return "found a division by zero (%s)"
                    .formatted(message); // JEXL says no more than / or %
        }
        int space = message.startsWith("orchestrator.") ? message.indexOf(' ') : -1;
        return message.substring(space + 1).strip();
    }

    private record ScopeContext(Scope scope) implements JexlContext {
        @Override
        public Object get(String name) {
            return scope.get(name);
        }

        @Override
        public boolean has(String name) {
            return scope.has(name);
        }

        @Override
        public void set(String name, Object value) {
            throw new ArithmeticException("expressions cannot set '" + name + "'");
        }
    }

    /** Without regular expressions, some of which never end, and with bounds on what is made of little. */
    private static final class Arithmetic extends JexlArithmetic {
        Arithmetic() {
            super(true);
        }

        @Override
        public Object add(Object left, Object right) {
            if ((long) length(left) + length(right) > MAX_TEXT) {
                throw new ArithmeticException(
                        "found a text of more than %,d characters".formatted(MAX_TEXT));
            }
            return super.add(left, right);
        }

        private static int length(Object value) {
            return value instanceof CharSequence text ? text.length() : 0;
        }

        @Override
        public Iterable<?> createRange(Object from, Object to) {
            long last = toLong(to);
            long first = toLong(from);
            if (BigInteger.valueOf(last).subtract(BigInteger.valueOf(first)).abs().bitLength()
                    > MAX_RANGE_BITS) {
                throw new ArithmeticException(
                        "found the range %d..%d, which is too long".formatted(first, last));
            }
            return super.createRange(from, to);
        }

        @Override
        public Boolean contains(Object container, Object value) {
            if (container instanceof CharSequence || container instanceof java.util.regex.Pattern) {
                throw new ArithmeticException("=~ takes a list or map, not a regular expression");
            }
            if (container instanceof Iterable<?> list) { // 3 is in a list that holds 3 as a Long
                for (Object element : list) {
                    if (equals(element, value)) {
                        return true;
                    }
                }
                return false;
            }
            return super.contains(container, value);
        }
    }
}
