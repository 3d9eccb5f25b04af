import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';

/** The square root of a symmetric positive semi-definite matrix, V √Λ Vᵀ; eigenvalues that rounding made negative count as 0. */
export function symmetricSquareRoot(matrix: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const roots = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  return eigenvectorMatrix.clone().mulRowVector(roots).mmul(eigenvectorMatrix.transpose());
}
