package io.jenkins.plugins.amirefresh.runner.declarative;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Builds the literals a pipeline block is translated into. */
final class Ast {
    private Ast() {}

    static ConstantExpression text(String value) {
        return new ConstantExpression(value);
    }

    static ConstantExpression flag(boolean value) {
        return new ConstantExpression(value);
    }

    static ListExpression list(List<? extends Expression> elements) {
        return new ListExpression(new ArrayList<>(elements));
    }

    /** A closure that gives the value of {@code value} when it is called. */
    static ClosureExpression later(Expression value) {
        BlockStatement block = new BlockStatement();
        ExpressionStatement statement = new ExpressionStatement(value);
        statement.setSourcePosition(value);
        block.addStatement(statement);
        return closure(block, value);
    }

    static ClosureExpression closure(Statement code, ASTNode place) {
        ClosureExpression closure = new ClosureExpression(Parameter.EMPTY_ARRAY, code);
        closure.setSourcePosition(place);
        return closure;
    }

    /** A map literal that is filled entry by entry. */
    static final class MapBuilder {
        private final MapExpression map = new MapExpression();

        MapBuilder put(String key, Expression value) {
            map.addMapEntryExpression(new MapEntryExpression(text(key), value));
            return this;
        }

        MapExpression build() {
            return map;
        }
    }
}
